public import PrometheusMetrics

extension ExponentialHistogram: WindowSlot {}
