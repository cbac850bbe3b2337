"""Worker: delivers the outbox and runs what the clock asks for."""
