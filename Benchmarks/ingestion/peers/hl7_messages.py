"""How the peers of HL7 version 2 find the messages of a file."""


def messages(content):
    parts = content.decode().split("\rMSH|")
    return [part if place == 0 else "MSH|" + part for place, part in enumerate(parts)]
