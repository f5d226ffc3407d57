//go:build !linux && !darwin && !freebsd

package pb_hooks

import "errors"

func gatherDisk(path string) diskFacts {
	return diskFacts{path: path, err: errors.ErrUnsupported}
}
