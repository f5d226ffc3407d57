package pb_hooks

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// maxKeyFile is more than a hundred keys and their comments, in bytes.
const maxKeyFile = 64 << 10

// readKeyFile reads a key file. It is refused where a copy of the data would
// have it too, and where others could read or change it. It fails with a
// keyFault.
func readKeyFile(path, dataDir string) (string, error) {
	unreadable := func(err error) error {
		return keyFault{"data_key_unreadable", fmt.Sprintf("读不到密钥文件 %s：%v", path, err), "核对 " + dataKeyFileEnv + " 的路径，并让运行服务的用户可以读：chown 用户名 " + path, err}
	}
	where, err := filepath.Abs(path)
	if err != nil {
		return "", unreadable(err)
	}
	target, err := filepath.EvalSymlinks(where)
	if err != nil {
		return "", unreadable(err)
	}
	if isInside(where, dataDir) || isInside(target, dataDir) {
		return "", keyFault{"data_key_in_data", fmt.Sprintf("密钥文件 %s 在数据目录里，拷走数据或备份的人会同时拿到密钥", path),
			"把它移到别处，例如 /etc/gongkai/data.key，并改 " + dataKeyFileEnv + "；以前的备份里若有它，应当更换密钥（gongkai key rotate）", nil}
	}
	info, err := os.Stat(target)
	switch {
	case err != nil:
		return "", unreadable(err)
	case !info.Mode().IsRegular() || info.Size() > maxKeyFile:
		return "", keyFault{"data_key_unreadable", path + " 不是密钥文件", "核对 " + dataKeyFileEnv + " 的路径", nil}
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o027 != 0: // Windows has no such bits
		return "", keyFault{"data_key_exposed", fmt.Sprintf("密钥文件 %s 对别的用户开放（权限 %04o）", path, info.Mode().Perm()),
			"chmod 400 " + path + "；别的用户可能看过它时，再更换密钥（gongkai key rotate）", nil}
	}
	raw, err := os.ReadFile(target)
	if err != nil {
		return "", unreadable(err)
	}
	return string(raw), nil
}

// isInside reports whether an absolute path lies in a folder, whatever links the
// folder is reached by.
func isInside(path, folder string) bool {
	abs, err := filepath.Abs(folder)
	if err != nil {
		return true // nothing is known; better not
	}
	folders := []string{abs}
	if target, err := filepath.EvalSymlinks(abs); err == nil {
		folders = append(folders, target)
	}
	for _, f := range folders {
		rel, err := filepath.Rel(f, path)
		if err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
			return true
		}
	}
	return false
}
