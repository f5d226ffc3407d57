package source

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
)

// readFolder reads the newest file of the folder.
func (r *reading) readFolder(state State) (Answer, error) {
	name, data, err := r.newest()
	if err != nil {
		return Answer{}, err
	}
	return r.readFile(name, data, state)
}

// newest is the last file that was put into the folder. Nothing outside Limits.Folder is opened, by whatever name or
// link.
func (r *reading) newest() (string, []byte, error) {
	if r.config.Folder == "" {
		return "", nil, faultf(NoFile, "这个来源没有文件夹，请上传文件")
	}
	if r.limits.Folder == "" {
		return "", nil, faultf(NoFile, "服务器上还没有设置放名单文件的文件夹，请系统管理员设置，或改为上传文件")
	}
	root, err := os.OpenRoot(r.limits.Folder)
	if err != nil {
		return "", nil, Fault{NoFile, "打不开服务器上放名单文件的文件夹，请系统管理员检查", err}
	}
	defer root.Close()
	entries, err := fs.ReadDir(root.FS(), path.Clean(strings.ReplaceAll(r.config.Folder, `\`, "/")))
	if err != nil {
		return "", nil, Fault{NoFile, "打不开文件夹“" + r.config.Folder + "”，请核对名称，或请系统管理员检查", err}
	}
	var newest fs.FileInfo
	for _, entry := range entries {
		info, err := entry.Info()
		if err == nil && r.isWanted(info) && (newest == nil || newest.ModTime().Before(info.ModTime())) {
			newest = info
		}
	}
	if newest == nil {
		return "", nil, faultf(NoFile, "文件夹“%s”里没有名单文件（%s）。请放入文件后再读", r.config.Folder, r.pattern())
	}
	return r.openFile(root, newest)
}

func (r *reading) pattern() string {
	if r.config.Files == "" {
		return "*.csv、*.xlsx"
	}
	return r.config.Files
}

// isWanted leaves out what programs leave beside an open file.
func (r *reading) isWanted(info fs.FileInfo) bool {
	name := info.Name()
	if !info.Mode().IsRegular() || strings.HasPrefix(name, "~$") || strings.HasPrefix(name, ".") {
		return false
	}
	if r.config.Files == "" {
		extension := strings.ToLower(path.Ext(name))
		return extension == ".csv" || extension == ".xlsx"
	}
	matched, err := path.Match(r.config.Files, name)
	return err == nil && matched
}

// openFile reads a file that is not being written meanwhile.
func (r *reading) openFile(root *os.Root, info fs.FileInfo) (string, []byte, error) {
	name := info.Name()
	file, err := root.Open(path.Join(strings.ReplaceAll(r.config.Folder, `\`, "/"), name))
	if err != nil {
		return "", nil, Fault{BadFile, "打不开文件“" + name + "”，请系统管理员检查权限", err}
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, r.limits.PageBytes+1))
	if err != nil {
		return "", nil, Fault{BadFile, "读不出文件“" + name + "”，请系统管理员检查", err}
	}
	after, err := file.Stat()
	if err != nil || after.Size() != info.Size() || !after.ModTime().Equal(info.ModTime()) {
		return "", nil, Fault{Moving, "文件“" + name + "”还在写入，请稍后再读", err}
	}
	return name, data, nil
}

// readFile reads the rows of a file, unless it is the one that was read last.
func (r *reading) readFile(name string, data []byte, state State) (Answer, error) {
	sum := sha256.Sum256(data)
	r.answer.State.File = hex.EncodeToString(sum[:])
	r.answer.Pages, r.answer.Bytes = 1, int64(len(data))
	if state.File == r.answer.State.File {
		r.answer.Unchanged = true
		return r.answer, nil
	}
	_, items, err := r.openSheet(name, data)
	if err != nil {
		return Answer{}, err
	}
	for _, it := range items {
		r.gather.add(r.mapping.row(it.line, it, nil), false)
	}
	r.limits.Progress(1, len(items))
	return r.gather.finish(r.answer)
}

func (r *reading) tryFile(name string, data []byte) (Trial, error) {
	titles, items, err := r.openSheet(name, data)
	if err != nil {
		trial := newTrial()
		trial.Places = append(trial.Places, placesOf(titles)...)
		return trial, err
	}
	return r.trialOf(titles, items), nil
}
