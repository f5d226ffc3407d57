package dossier

import (
	"fmt"
	"path"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Files of a dossier.
const (
	readmeFile   = "说明.txt"
	articleFile  = "信息.json"
	stepsFile    = "办理记录.json"
	stepsTable   = "办理记录.csv"
	findingsFile = "自动检查.json"
	auditFile    = "审计记录.jsonl"
	headFile     = "校验值.txt"
	manifestFile = "清单.txt"

	versionFile = "版本.json"
	pageFile    = "正文.html"
	linesFile   = "校验原文.txt"
	filesFolder = "附件/"
)

// folder is where a version is.
func folder(number int) string { return fmt.Sprintf("版本/%02d/", number) }

func formFile(number int) string { return fmt.Sprintf("审核登记表-第%d版.docx", number) }

// times are those of the files in the zip: those of a version bear the moment
// at which it was saved, the others that of the export.
type times struct {
	export   time.Time
	versions map[string]time.Time // by folder
}

func timesOf(e Export, versions []Version) times {
	t := times{moment(e.At), map[string]time.Time{}}
	for _, v := range versions {
		t.versions[folder(v.Number)] = moment(v.SavedAt)
	}
	return t
}

func (t times) of(file string) time.Time {
	for in, at := range t.versions {
		if strings.HasPrefix(file, in) {
			return at
		}
	}
	return t.export
}

// moment is an instant in whole seconds; what is none is the first moment that
// a zip file can hold.
func moment(stored string) time.Time {
	at, err := time.Parse(instant, stored)
	if err != nil {
		at = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return at.Truncate(time.Second).In(Beijing)
}

// mostName is the greatest length of a file name, in bytes: file systems end at
// 255, and a number may still be added.
const mostName = 200

// safeNames are names under which files can lie in one folder of any computer,
// none like another; equal ones are numbered.
func safeNames(names []string) []string {
	taken, list := map[string]bool{}, make([]string, len(names))
	for i, name := range names {
		safe := safeName(name)
		ext := extension(safe)
		for n := 2; taken[strings.ToLower(safe)]; n++ { // Windows and macOS know no case
			safe = fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(safeName(name), ext), n, ext)
		}
		taken[strings.ToLower(safe)] = true
		list[i] = safe
	}
	return list
}

// safeName leads nowhere, shows what it is and is not too long.
func safeName(name string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r): // zero width, direction: disguise
			return -1
		case unicode.IsControl(r), strings.ContainsRune(`/\<>:"|?*`, r):
			return '_'
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, strings.ToValidUTF8(name, "_"))
	name = strings.Trim(name, ". ")
	if name == "" {
		return "附件"
	}
	stem, ext := strings.TrimSuffix(name, extension(name)), extension(name)
	if len(name) > mostName {
		stem = stem[:mostName-len(ext)]
		for !utf8.ValidString(stem) {
			stem = stem[:len(stem)-1]
		}
		stem = strings.TrimRight(stem, ". ")
	}
	if device(stem) {
		stem = "_" + stem
	}
	return stem + ext
}

// extension is the end of a name that says what it is; a long one says nothing.
func extension(name string) string {
	if ext := path.Ext(name); len(ext) <= 20 && ext != name {
		return ext
	}
	return ""
}

// device reports whether Windows takes a name for a device.
func device(stem string) bool {
	stem, _, _ = strings.Cut(strings.ToUpper(stem), ".")
	switch stem {
	case "CON", "PRN", "AUX", "NUL":
		return true
	}
	return len(stem) == 4 && (strings.HasPrefix(stem, "COM") || strings.HasPrefix(stem, "LPT")) && stem[3] >= '0' && stem[3] <= '9'
}
