"""python-hl7: parses each message and reads its id and its results. It validates nothing."""

from harness import arguments, contents, measure
from hl7_messages import messages

import hl7

seconds, files = arguments()
contents_ = contents(files)
texts = [message for content in contents_ for message in messages(content)]


def work():
    refused = 0
    for text in texts:
        message = hl7.parse(text)
        if not str(message["MSH"][0][10]):
            refused += 1
        for segment in message.segments("OBX"):
            float(str(segment[5]))
            str(segment[3][0][0])
    return len(texts), refused


measure(work, size=sum(map(len, contents_)), seconds=seconds)
