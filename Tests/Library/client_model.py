"""The messages of the protobuf format, described from the documentation of Prometheus's client model."""

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

Field = descriptor_pb2.FieldDescriptorProto

# Each message's fields: number, type, and whether it is repeated. A capital letter begins the name of a message.
MESSAGES = {
    "Timestamp": {"seconds": (1, "int64"), "nanos": (2, "int32")},
    "LabelPair": {"name": (1, "string"), "value": (2, "string")},
    "Gauge": {"value": (1, "double")},
    "Counter": {"value": (1, "double"), "exemplar": (2, "Exemplar"), "created_timestamp": (3, "Timestamp")},
    "Exemplar": {"label": (1, "LabelPair", "repeated"), "value": (2, "double"), "timestamp": (3, "Timestamp")},
    "Bucket": {"cumulative_count": (1, "uint64"), "upper_bound": (2, "double"), "exemplar": (3, "Exemplar")},
    "BucketSpan": {"offset": (1, "sint32"), "length": (2, "uint32")},
    "Histogram": {
        "sample_count": (1, "uint64"), "sample_sum": (2, "double"), "bucket": (3, "Bucket", "repeated"),
        "schema": (5, "sint32"), "zero_threshold": (6, "double"), "zero_count": (7, "uint64"),
        "negative_span": (9, "BucketSpan", "repeated"), "negative_delta": (10, "sint64", "repeated"),
        "positive_span": (12, "BucketSpan", "repeated"), "positive_delta": (13, "sint64", "repeated"),
        "created_timestamp": (15, "Timestamp"), "exemplars": (16, "Exemplar", "repeated"),
    },
    "Metric": {
        "label": (1, "LabelPair", "repeated"), "gauge": (2, "Gauge"), "counter": (3, "Counter"),
        "histogram": (7, "Histogram"),
    },
    "MetricFamily": {
        "name": (1, "string"), "help": (2, "string"), "type": (3, "int32"), "metric": (4, "Metric", "repeated"),
    },
}
COUNTER, GAUGE, HISTOGRAM = 0, 1, 4


def _file():
    file = descriptor_pb2.FileDescriptorProto(
        name="client_model_of_the_tests.proto", package="io.prometheus.client", syntax="proto2")
    for name, fields in MESSAGES.items():
        message = file.message_type.add(name=name)
        for field, (number, kind, *repeated) in fields.items():
            described = message.field.add(
                name=field, number=number, label=Field.LABEL_REPEATED if repeated else Field.LABEL_OPTIONAL)
            if kind[0].isupper():
                described.type, described.type_name = Field.TYPE_MESSAGE, f".io.prometheus.client.{kind}"
            else:
                described.type = getattr(Field, f"TYPE_{kind.upper()}")
    return file


_pool = descriptor_pool.DescriptorPool()
_pool.Add(_file())
MetricFamily = message_factory.GetMessageClass(_pool.FindMessageTypeByName("io.prometheus.client.MetricFamily"))


def _varint(data, position):
    value = shift = 0
    while True:
        byte = data[position]
        value |= (byte & 0x7F) << shift
        position += 1
        if byte < 0x80:
            return value, position
        shift += 7


def families(data):
    """The families of an exposition, each of which stands after its length."""
    position = 0
    while position < len(data):
        length, position = _varint(data, position)
        assert position + length <= len(data), "the last message is cut off"
        family = MetricFamily()
        assert family.ParseFromString(data[position:position + length]) == length
        assert not _unknown(family), "there are fields that the format does not have"
        yield family
        position += length


def _unknown(message):
    """Whether a message has fields that are not described above."""
    from google.protobuf import unknown_fields

    if len(unknown_fields.UnknownFieldSet(message)):
        return True
    for field, value in message.ListFields():
        if field.message_type:
            parts = value if not hasattr(value, "ListFields") else [value]
            if any(_unknown(part) for part in parts):
                return True
    return False


def buckets(spans, deltas):
    """The counts of native buckets by their index, empty ones left out."""
    counts, index, count = {}, 0, 0
    deltas = iter(deltas)
    for span in spans:
        index += span.offset
        for _ in range(span.length):
            count += next(deltas)
            if count:
                counts[index] = count
            index += 1
    assert next(deltas, None) is None, "there are more counts than buckets"
    return counts
