"""What the Python peers share: the contract of the observations, read from the committed descriptor set, and the thresholds."""

from pathlib import Path

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

ROOT = Path(__file__).resolve().parents[3]

# Per LOINC code: at or below this it breaches, at or above that it breaches. Those of AlertEngine's standard rules.
LIMITS = {
    "8867-4": (40, 131), "9279-1": (8, 25), "59408-5": (91, 1e9), "8310-5": (35.0, 39.1), "8480-6": (90, 181),
    "2339-0": (69, 251),
}


def message_class(name):
    """The class of the message `name` of package health.v1."""
    pool = descriptor_pool.DescriptorPool()
    files = descriptor_pb2.FileDescriptorSet.FromString(
        (ROOT / "Shared" / "CHealthContracts" / "health.v1.binpb").read_bytes())
    for file in files.file:
        pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName(f"health.v1.{name}"))
