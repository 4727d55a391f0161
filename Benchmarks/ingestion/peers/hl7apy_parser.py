"""hl7apy: parses each message by the structure of its type and validates it, the first of the file's only (it is slow)."""

from harness import arguments, contents, measure
from hl7_messages import messages

from hl7apy.consts import VALIDATION_LEVEL
from hl7apy.exceptions import HL7apyException
from hl7apy.parser import parse_message

LIMIT = 60

seconds, files = arguments()
texts = [message for content in contents(files) for message in messages(content)][:LIMIT]


def work():
    refused = 0
    for text in texts:
        try:
            parse_message(text, validation_level=VALIDATION_LEVEL.TOLERANT, find_groups=True).validate()
        except HL7apyException:
            refused += 1
    return len(texts), refused


measure(work, size=sum(map(len, texts)), seconds=seconds)
