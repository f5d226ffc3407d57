package pdf

import (
	"fmt"
	"os"
	"syscall"
)

const moreData = 256 << 20 // of private memory, over what the engine has at the start

// limitProcess lets the system end this process where it takes too much: more
// memory, or more seconds of processor time, should nobody be left to end it. The
// memory that a file itself can take is that of the engine.
func limitProcess(seconds uint64) {
	var size, resident, shared, code, library, data uint64 // pages
	if b, err := os.ReadFile("/proc/self/statm"); err == nil {
		if _, err := fmt.Sscan(string(b), &size, &resident, &shared, &code, &library, &data); err == nil {
			limit := data*uint64(os.Getpagesize()) + moreData
			_ = syscall.Setrlimit(syscall.RLIMIT_DATA, &syscall.Rlimit{Cur: limit, Max: limit})
		}
	}
	_ = syscall.Setrlimit(syscall.RLIMIT_CPU, &syscall.Rlimit{Cur: seconds, Max: seconds + 1})
	_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{})
	_ = syscall.Setrlimit(syscall.RLIMIT_NOFILE, &syscall.Rlimit{Cur: 16, Max: 16})
}
