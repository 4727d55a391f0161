"""lxml.iterparse: streams the export, reads each record's type, value and times, and forgets it."""

import datetime
import os

from harness import arguments, measure

from lxml import etree

seconds, files = arguments()


def work():
    records = refused = 0
    for path in files:
        for _, element in etree.iterparse(path, events=("end",), tag="Record"):
            records += 1
            try:
                float(element.get("value"))
                for name in ("startDate", "endDate"):
                    datetime.datetime.strptime(element.get(name), "%Y-%m-%d %H:%M:%S %z")
            except ValueError:
                refused += 1
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    return records, refused


measure(work, size=sum(os.path.getsize(path) for path in files), seconds=seconds)
