package movein

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Tree is the files of an old site, in a folder or a zip. Names are relative, with
// slashes. Nothing outside of it is ever opened, and nothing of it is unpacked.
type Tree struct {
	names []string
	open  map[string]func() (io.ReadCloser, error)
	Told  []string // in Chinese: names that were passed over, and why
	close func() error
}

const (
	// mostFiles bounds a tree, whose names are held in memory.
	mostFiles = 200_000
	// mostTold bounds what is told of names that are passed over.
	mostTold = 100
)

// Nothing is a tree without files.
func Nothing() *Tree {
	return &Tree{open: map[string]func() (io.ReadCloser, error){}, close: func() error { return nil }}
}

// OpenTree opens a folder or a zip. Errors are Chinese sentences.
func OpenTree(name string) (*Tree, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, fmt.Errorf("打不开 %s：%w", name, err)
	}
	if info.IsDir() {
		return openFolder(name)
	}
	return openZip(name)
}

// Close lets go of the folder or the zip.
func (t *Tree) Close() error { return t.close() }

// Names are the names of the files, sorted.
func (t *Tree) Names() []string { return t.names }

// Has reports whether there is such a file.
func (t *Tree) Has(name string) bool { return t.open[name] != nil }

// ErrTooLong is that a file holds more than may be read of it.
var ErrTooLong = errors.New("文件太大")

// Read reads a file of at most so many bytes. It never reads much more than that,
// however much a compressed file would give.
func (t *Tree) Read(name string, most int64) ([]byte, error) {
	open := t.open[name]
	if open == nil {
		return nil, fs.ErrNotExist
	}
	f, err := open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var data bytes.Buffer
	if sized, ok := f.(interface{ Stat() (fs.FileInfo, error) }); ok {
		info, err := sized.Stat()
		switch {
		case err != nil:
			return nil, fmt.Errorf("读不出文件：%w", err)
		case info.Size() > most:
			return nil, ErrTooLong
		}
		data.Grow(int(info.Size()) + bytes.MinRead) // so that it need not grow; what it says may be untrue all the same
	}
	_, err = data.ReadFrom(io.LimitReader(f, most+1))
	switch {
	case int64(data.Len()) > most:
		return nil, ErrTooLong
	case err != nil:
		return nil, fmt.Errorf("读不出文件：%w", err)
	}
	return data.Bytes(), nil
}

func (t *Tree) told(format string, args ...any) {
	if len(t.Told) < mostTold {
		t.Told = append(t.Told, fmt.Sprintf(format, args...))
	}
}

func (t *Tree) add(name string, open func() (io.ReadCloser, error)) error {
	if len(t.names) == mostFiles {
		return fmt.Errorf("文件超过 %d 个，请分几次迁入", mostFiles)
	}
	if t.open[name] != nil {
		t.told("“%s”有两个，只用第一个", name)
		return nil
	}
	t.names = append(t.names, name)
	t.open[name] = open
	return nil
}

// openFolder opens a folder. A symbolic link is not followed: it may lead out of
// the folder, or round in it.
func openFolder(name string) (*Tree, error) {
	root, err := os.OpenRoot(name)
	if err != nil {
		return nil, fmt.Errorf("打不开 %s：%w", name, err)
	}
	t := Nothing()
	t.close = root.Close
	err = fs.WalkDir(root.FS(), ".", func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return fmt.Errorf("读不出 %s：%w", file, err)
		case d.IsDir():
			return nil
		case d.Type()&fs.ModeSymlink != 0:
			t.told("“%s”是链接，不跟随", file)
			return nil
		case !d.Type().IsRegular():
			t.told("“%s”不是文件", file)
			return nil
		}
		return t.add(file, func() (io.ReadCloser, error) { return root.Open(file) })
	})
	if err != nil {
		return nil, errors.Join(err, root.Close())
	}
	slices.Sort(t.names)
	return t, nil
}

// openZip opens a zip. Names that lead out of it are passed over. One whose entries
// overlap, or say that they are a thousand times what they take, is a bomb.
func openZip(name string) (*Tree, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("打不开 %s：%w", name, err)
	}
	info, err := file.Stat()
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	r, err := zip.NewReader(file, info.Size())
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, errors.Join(errors.New("不是完整的 zip 压缩包，请重新打包后再试"), file.Close())
	}
	t := Nothing()
	t.close = file.Close
	if err := t.takeEntries(r, info.Size()); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	slices.Sort(t.names)
	return t, nil
}

// mostRatio is how many times its size an entry may be when it is unpacked, from
// a size on that a page of blanks does not reach.
const (
	mostRatio   = 1000
	fromSize    = 1 << 20
	zipIsUTF8   = 0x800 // of the flags: the name is UTF-8
	errZipBomb  = "压缩包不正常：解压后会比压缩包大上千倍，请检查来源"
	errZipTwice = "压缩包不正常：内容互相重叠，请检查来源"
)

func (t *Tree) takeEntries(r *zip.Reader, size int64) error {
	var packed uint64
	for _, f := range r.File {
		if f.FileInfo().IsDir() {
			continue
		}
		if packed += f.CompressedSize64; packed > uint64(size) {
			return errors.New(errZipTwice)
		}
		if f.UncompressedSize64 > fromSize && f.UncompressedSize64/mostRatio > f.CompressedSize64 {
			return errors.New(errZipBomb)
		}
		name := nameInZip(f)
		switch {
		case !fs.ValidPath(name) || strings.Contains(name, ":"):
			t.told("“%s”指向压缩包以外，没有使用", f.Name)
			continue
		case !f.Mode().IsRegular():
			t.told("“%s”是链接，不跟随", name)
			continue
		case f.Flags&1 != 0:
			t.told("“%s”有密码，没有使用", name)
			continue
		}
		if err := t.add(name, f.Open); err != nil {
			return err
		}
	}
	return nil
}

// isChineseUTF8 reports whether a name that says nothing of its charset is UTF-8, as
// other systems write it: bytes of GBK may be UTF-8 too, but not of Chinese characters.
func isChineseUTF8(name string) bool {
	if !utf8.ValidString(name) {
		return false
	}
	foreign := false
	for _, r := range name {
		if unicode.Is(unicode.Han, r) {
			return true
		}
		foreign = foreign || r > unicode.MaxASCII
	}
	return !foreign
}

// nameInZip is the name of an entry: Chinese Windows writes it in GBK and with the
// other slash.
func nameInZip(f *zip.File) string {
	name := f.Name
	if f.Flags&zipIsUTF8 == 0 && !isChineseUTF8(name) {
		if text, err := simplifiedchinese.GB18030.NewDecoder().String(name); err == nil {
			name = text
		}
	}
	name = strings.ReplaceAll(name, `\`, "/")
	if strings.HasPrefix(name, "./") {
		name = path.Clean(name)
	}
	return name
}
