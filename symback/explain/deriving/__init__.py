"""From a checked problem to derivatives as tensors: steps, requests, verbs, tied entries."""
