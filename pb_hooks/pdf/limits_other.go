//go:build !linux

package pdf

// limitProcess does nothing: elsewhere the limits of the engine and the parent's
// clock have to do.
func limitProcess(uint64) {}
