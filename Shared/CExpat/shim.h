#pragma once
#include <expat.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

// Expat interns every name that it meets for the life of the parser, so a stream of ever new names grows without end.
// Its memory functions get no context; the budget of the parser that is at work is therefore a variable of the thread, set around
// each call of a parser and restored after it.
typedef struct {
    size_t used;
    size_t limit;
} expat_budget;

// A function, not a variable: the importer of C emits no variables of headers. Used by one Swift file alone, so there is one copy.
static inline expat_budget **expat_current_budget(void) {
    static _Thread_local expat_budget *current;
    return &current;
}

typedef union {
    size_t size;
    max_align_t alignment;
} expat_block;

static inline void *expat_budget_realloc(void *pointer, size_t size) {
    expat_budget *budget = *expat_current_budget();
    expat_block *block = pointer == NULL ? NULL : (expat_block *)pointer - 1;
    size_t old = block == NULL ? 0 : block->size;
    if (budget == NULL || size > SIZE_MAX / 2 || (size > old && size - old > budget->limit - budget->used)) return NULL;
    expat_block *moved = realloc(block, sizeof(expat_block) + size);
    if (moved == NULL) return NULL;
    moved->size = size;
    budget->used = budget->used - old + size;
    return moved + 1;
}

static inline void *expat_budget_malloc(size_t size) { return expat_budget_realloc(NULL, size); }

static inline void expat_budget_free(void *pointer) {
    if (pointer == NULL) return;
    expat_block *block = (expat_block *)pointer - 1;
    if (*expat_current_budget() != NULL) (*expat_current_budget())->used -= block->size;
    free(block);
}

static inline XML_Parser expat_create(expat_budget *budget, const char *separator) {
    static const XML_Memory_Handling_Suite suite = {expat_budget_malloc, expat_budget_realloc, expat_budget_free};
    expat_budget *previous = *expat_current_budget();
    *expat_current_budget() = budget;
    XML_Parser parser = XML_ParserCreate_MM(NULL, &suite, separator);
    *expat_current_budget() = previous;
    return parser;
}

static inline enum XML_Status expat_parse(
    expat_budget *budget, XML_Parser parser, const char *bytes, int count, int is_final) {
    expat_budget *previous = *expat_current_budget();
    *expat_current_budget() = budget;
    enum XML_Status status = XML_Parse(parser, bytes, count, is_final);
    *expat_current_budget() = previous;
    return status;
}

static inline void expat_free(expat_budget *budget, XML_Parser parser) {
    expat_budget *previous = *expat_current_budget();
    *expat_current_budget() = budget;
    XML_ParserFree(parser);
    *expat_current_budget() = previous;
}
