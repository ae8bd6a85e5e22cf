"""The entrances over HTTP: the webhook and health for everybody, readiness and metrics for the operator."""
