//go:build linux || darwin || freebsd

package pb_hooks

import "syscall"

// gatherDisk asks for the room that is left to an ordinary user.
func gatherDisk(path string) diskFacts {
	var stat syscall.Statfs_t
	if err := syscall.Statfs(path, &stat); err != nil {
		return diskFacts{path: path, err: err}
	}
	block := uint64(stat.Bsize)
	return diskFacts{path: path, free: uint64(stat.Bavail) * block, total: stat.Blocks * block}
}
