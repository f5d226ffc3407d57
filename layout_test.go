package main

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	module   = "gongkai/"
	maxLines = 400
)

// mayImport is the dependency rule. A package may import the standard library,
// the packages of ours named here, and third-party modules with these prefixes.
var mayImport = map[string][]string{
	".":                    {"pb_hooks", "pb_migrations", "github.com/pocketbase/", "github.com/spf13/cobra"},
	"bench":                {},
	"pb_migrations":        {"github.com/pocketbase/"},
	"pb_hooks":             {"pb_hooks/", "github.com/pocketbase/", "github.com/spf13/", "github.com/DeRuina/timberjack", "github.com/klauspost/compress/", "golang.org/x/"},
	"pb_hooks/records":     {"pb_hooks/standard", "github.com/pocketbase/"},
	"pb_hooks/site":        {"github.com/labstack/echo/v5", "github.com/klauspost/compress/", "github.com/boombuler/barcode", "pb_hooks/throttle", "pb_hooks/workday"},
	"pb_hooks/search":      {"modernc.org/sqlite", "golang.org/x/text/"},
	"pb_hooks/attachment":  {"github.com/disintegration/imaging", "github.com/gabriel-vasile/mimetype"},
	"pb_hooks/richtext":    {"github.com/microcosm-cc/bluemonday", "golang.org/x/net/html"},
	"pb_hooks/demo":        {"pb_hooks/standard", "pb_hooks/registry"},
	"pb_hooks/publication": {"pb_hooks/procedure"},
	"pb_hooks/registry":    {"golang.org/x/text/", "github.com/spf13/cast"},
	"pb_hooks/pdf":         {"github.com/tetratelabs/wazero", "github.com/klauspost/compress/", "golang.org/x/text/"},

	// PDF files are read and drawn in a process of its own; everything else of a file is zip and XML
	"pb_hooks/publication/scan":  {"golang.org/x/text/", "pb_hooks/pdf"},
	"pb_hooks/publication/paper": {"pb_hooks/publication", "pb_hooks/docx"},
	"pb_hooks/docx":              {},
	"pb_hooks/redact":            {"pb_hooks/attachment", "pb_hooks/pdf", "github.com/disintegration/imaging"},
	"pb_hooks/audit":             {},
	"pb_hooks/dossier":           {"pb_hooks/audit", "pb_hooks/publication"},
	"pb_hooks/foi":               {"pb_hooks/procedure", "pb_hooks/workday"},
	"pb_hooks/inquiry":           {"pb_hooks/procedure", "pb_hooks/workday"},
	"pb_hooks/order":             {"pb_hooks/procedure", "pb_hooks/workday"},
	"pb_hooks/procedure":         {"pb_hooks/workday"},
	"pb_hooks/scorecard":         {},
	"pb_hooks/survey":            {"pb_hooks/inquiry", "pb_hooks/publication"},
	"pb_hooks/letter":            {"pb_hooks/foi", "pb_hooks/docx"},
	"pb_hooks/responsibility":    {"pb_hooks/publication", "pb_hooks/workday"},
	"pb_hooks/annual":            {"pb_hooks/foi", "pb_hooks/workday"},
	"pb_hooks/statement":         {"pb_hooks/foi", "pb_hooks/figures", "pb_hooks/annual", "pb_hooks/survey", "pb_hooks/inquiry", "pb_hooks/docx", "pb_hooks/workday", "github.com/xuri/excelize/v2"},
	"pb_hooks/schoolcalendar":    {},
	"pb_hooks/mirror":            {"github.com/klauspost/compress/", "golang.org/x/net/html", "modernc.org/sqlite"},
	"pb_hooks/registry/source":   {"pb_hooks/registry", "pb_hooks/probe", "pb_hooks/throttle", "github.com/andybalholm/cascadia", "github.com/spf13/cast", "github.com/tidwall/gjson", "github.com/xuri/excelize/v2", "golang.org/x/"},
	"pb_hooks/movein":            {"pb_hooks/richtext", "github.com/andybalholm/cascadia", "golang.org/x/net/html", "golang.org/x/text/"},
	"pb_hooks/webhook":           {"pb_hooks/throttle"},
	"pb_hooks/probe":             {"pb_hooks/richtext", "golang.org/x/net/html"},
	"pb_hooks/probe/names":       {"golang.org/x/net/dns/dnsmessage"}, // tests only
	"pb_hooks/sealed":            {},
	"pb_hooks/silence":           {"pb_hooks/compliance", "pb_hooks/publication", "pb_hooks/workday"},
	"pb_hooks/standard":          {},
	"pb_hooks/compliance":        {"pb_hooks/standard", "pb_hooks/workday"},
	"pb_hooks/figures":           {},
	"pb_hooks/throttle":          {"golang.org/x/time/rate"},
	"pb_hooks/altcha":            {},
	"pb_hooks/workday":           {},
}

func TestLayout(t *testing.T) {
	err := filepath.WalkDir(".", func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == "pb_data" || d.Name() == "out") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(file, ".go") {
			return nil
		}
		src, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if n := bytes.Count(src, []byte("\n")); n > maxLines {
			t.Errorf("%s has %d lines; split it by idea", file, n)
		}
		dir := path.Dir(filepath.ToSlash(file))
		allowed, known := mayImport[dir]
		if !known {
			t.Errorf("%s: add %s to the dependency rule first", file, dir)
			return nil
		}
		if strings.HasSuffix(file, "_test.go") {
			return saysTogether(t, file, src)
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, src, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range f.Imports {
			imp, _ := strconv.Unquote(spec.Path.Value)
			imp = strings.TrimPrefix(imp, module)
			std := !strings.Contains(strings.SplitN(imp, "/", 2)[0], ".") && !strings.HasPrefix(imp, "pb_")
			if !std && !slices.ContainsFunc(allowed, func(p string) bool { return strings.HasPrefix(imp, p) }) {
				t.Errorf("%s imports %s, which the dependency rule forbids", file, imp)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

var atOnce = regexp.MustCompile(`\bgo func|\.Go\(|\btogether\(`)

// saysTogether holds tests in which things happen at once to their name, by which
// make test runs them with the race detector. It does not see into other processes,
// so the tests of the binary are left out.
func saysTogether(t *testing.T, file string, src []byte) error {
	if path.Dir(filepath.ToSlash(file)) == "." {
		return nil
	}
	files := token.NewFileSet()
	f, err := parser.ParseFile(files, file, src, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	for _, decl := range f.Decls {
		test, is := decl.(*ast.FuncDecl)
		if !is || !strings.HasPrefix(test.Name.Name, "Test") || strings.Contains(test.Name.Name, "Together") {
			continue
		}
		if atOnce.Match(src[files.Position(test.Pos()).Offset:files.Position(test.End()).Offset]) {
			t.Errorf("%s: %s does things at once and does not say Together", file, test.Name.Name)
		}
	}
	return nil
}
