//go:build linux || darwin || freebsd

package pb_hooks

import (
	"errors"
	"os"
	"syscall"
)

// holdFile locks a file until it is closed, and reports whether nobody else held it.
func holdFile(file *os.File) (isFree bool, err error) {
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return false, nil
	}
	return err == nil, err
}
