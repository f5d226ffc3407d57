package pb_hooks

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/user"
	"path/filepath"
	"strings"
	"time"
)

// lockMovingIn lets one moving in at a time write into a data folder: of two, each
// would store what the other is storing. The lock ends with its process, however
// that ends. The error says in Chinese who is at work.
func lockMovingIn(dir, source string, now time.Time) (release func() error, err error) {
	file, err := os.OpenFile(filepath.Join(dir, "moving-in.lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the lock: %w", err)
	}
	isFree, err := holdFile(file)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("lock: %w", err), file.Close())
	}
	if !isFree {
		who, err := io.ReadAll(io.LimitReader(file, 1000))
		return nil, errors.Join(fmt.Errorf("另一个迁入正在进行：%s。请等它结束后再运行", strings.TrimSpace(string(who))), err, file.Close())
	}
	name := "某人"
	if u, err := user.Current(); err == nil { // it is only said
		name = u.Username
	}
	who := fmt.Sprintf("%s 在 %s 开始迁入“%s”（进程 %d）\n", name, now.In(shanghai).Format("2006-01-02 15:04"), filepath.Base(source), os.Getpid())
	err = file.Truncate(0)
	if err == nil {
		_, err = file.WriteString(who)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("write the lock: %w", err), file.Close())
	}
	return file.Close, nil
}
