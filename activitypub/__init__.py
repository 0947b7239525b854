"""The wire: bytes to typed objects and back. Pure: no I/O, no clock, no SQL, no HTTP library."""
