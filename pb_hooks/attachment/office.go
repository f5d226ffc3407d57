package attachment

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf16"
)

const (
	hasMacros    = "文件含有宏，公开后可能危害下载者的电脑，请另存为不含宏的格式后再上传"
	hasPassword  = "文件设有打开密码，公众无法阅读，请取消密码后再上传"
	brokenZip    = "损坏的压缩文件"
	maxEntries   = 20000
	maxTypesSize = 1 << 20
)

// lookZip tells the kinds that are zip archives apart by the names in them.
func lookZip(r io.ReadSeeker, size int64) (content, error) {
	archive, err := zip.NewReader(readerAt{r}, size)
	if err != nil || len(archive.File) > maxEntries {
		return content{label: brokenZip}, nil
	}
	found := content{ext: "zip", label: "ZIP 压缩包"}
	office, types := "", (*zip.File)(nil)
	for _, f := range archive.File {
		switch name := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/")); {
		case path.Base(name) == "vbaproject.bin":
			return content{label: "含有宏的 Office 文档", reason: hasMacros}, nil
		case name == "[content_types].xml":
			types = f
		case name == "ofd.xml":
			found = content{ext: "ofd", label: "OFD 文档"}
		case name == "word/document.xml", strings.HasPrefix(name, "word/") && office == "":
			office = "docx"
		case name == "xl/workbook.xml", name == "xl/workbook.bin", strings.HasPrefix(name, "xl/") && office == "":
			office = "xlsx"
		case name == "ppt/presentation.xml", strings.HasPrefix(name, "ppt/") && office == "":
			office = "pptx"
		}
	}
	if types == nil || office == "" {
		return found, nil
	}
	declared, err := readEntry(types)
	if err != nil {
		return content{label: "损坏的 Office 文档"}, nil
	}
	// A .docm renamed .docx says what it is here, even if its macros were put elsewhere.
	if declared = bytes.ToLower(declared); bytes.Contains(declared, []byte("macroenabled")) || bytes.Contains(declared, []byte("vbaproject")) {
		return content{label: "含有宏的 Office 文档", reason: hasMacros}, nil
	}
	return content{ext: office, label: fmt.Sprintf("%s（.%s）", kinds[office].Label, office)}, nil
}

func readEntry(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, maxTypesSize+1))
	if err == nil && len(b) > maxTypesSize {
		err = fmt.Errorf("%s is over %d bytes", f.Name, maxTypesSize)
	}
	return b, err
}

// lookOLE tells the kinds of the old binary Office formats apart by the names in their directory ([MS-CFB] 2.6): the
// class identifier that would name the program is empty in many files WPS wrote.
func lookOLE(r io.ReadSeeker, size int64) (content, error) {
	names, err := oleNames(readerAt{r}, size)
	if err != nil {
		return content{label: "损坏的 Office 文档"}, nil
	}
	has := func(list ...string) bool {
		for _, n := range list {
			if names[n] {
				return true
			}
		}
		return false
	}
	ext := ""
	switch {
	case has("encryptedpackage"):
		return content{label: "加密的 Office 文档", reason: hasPassword}, nil
	case has("vba", "_vba_project", "_vba_project_cur"):
		return content{label: "含有宏的 Office 文档", reason: hasMacros}, nil
	case has("worddocument"):
		ext = "doc"
	case has("workbook", "book"):
		ext = "xls"
	case has("powerpoint document"):
		ext = "ppt"
	default:
		return content{label: "其他程序的文档"}, nil
	}
	return content{ext: ext, label: fmt.Sprintf("%s（.%s）", kinds[ext].Label, ext)}, nil
}

// oleNames returns the names in the directory of a compound file, in lower case.
func oleNames(r io.ReaderAt, size int64) (map[string]bool, error) {
	header := make([]byte, 512)
	if _, err := r.ReadAt(header, 0); err != nil {
		return nil, err
	}
	shift := binary.LittleEndian.Uint16(header[30:])
	if shift != 9 && shift != 12 {
		return nil, fmt.Errorf("sector shift %d", shift)
	}
	sector := int64(1) << shift
	at := func(number uint32) int64 { return (int64(number) + 1) * sector }
	names := map[string]bool{}
	entries := make([]byte, sector)
	number := binary.LittleEndian.Uint32(header[48:])
	for steps := int64(0); number < 0xFFFFFFFA; steps++ { // the chain of directory sectors ends with a special number
		if at(number) >= size || steps > size/sector {
			return nil, fmt.Errorf("directory sector %d is outside the file", number)
		}
		if n, err := r.ReadAt(entries, at(number)); err != nil && n < 128 {
			return nil, err
		}
		for e := entries; len(e) >= 128; e = e[128:] {
			if length := int(binary.LittleEndian.Uint16(e[64:])); length >= 4 && length <= 64 && e[66] != 0 {
				names[strings.ToLower(decodeUTF16(e[:length-2]))] = true
			}
		}
		next, err := nextSector(r, header, number, at, sector)
		if err != nil {
			return nil, err
		}
		number = next
	}
	return names, nil
}

// nextSector reads the allocation table for the sector that follows number. Its first 109 sectors, enough for any file
// under MaxSize with sectors of 4096 bytes and for 7 MB with 512, are listed in the header; the rest in a chain.
func nextSector(r io.ReaderAt, header []byte, number uint32, at func(uint32) int64, sector int64) (uint32, error) {
	perSector := uint32(sector / 4)
	index := number / perSector
	word := make([]byte, 4)
	table := uint32(0)
	if index < 109 {
		table = binary.LittleEndian.Uint32(header[76+4*index:])
	} else {
		index -= 109
		list := binary.LittleEndian.Uint32(header[68:])
		for ; index >= perSector-1; index -= perSector - 1 {
			if _, err := r.ReadAt(word, at(list)+sector-4); err != nil {
				return 0, err
			}
			list = binary.LittleEndian.Uint32(word)
		}
		if _, err := r.ReadAt(word, at(list)+4*int64(index)); err != nil {
			return 0, err
		}
		table = binary.LittleEndian.Uint32(word)
	}
	if _, err := r.ReadAt(word, at(table)+4*int64(number%perSector)); err != nil {
		return 0, err
	}
	return binary.LittleEndian.Uint32(word), nil
}

func decodeUTF16(b []byte) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return string(utf16.Decode(units))
}
