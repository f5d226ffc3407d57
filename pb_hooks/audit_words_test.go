package pb_hooks_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/audit"
)

// What the auditor's page shows is in Chinese: every action that the source
// names, and every collection and field that a row can tell of, has words.
func TestAuditHasWordsForEveryAction(t *testing.T) {
	found := literalActions(t)
	for action, at := range found {
		if !slices.Contains(audit.Actions(), audit.Action(action)) {
			t.Errorf("%s: the action %q has no words in audit/words.go", at, action)
		}
	}
	for _, known := range []string{"create", "sign_in", "failed", "deactivate", "claim", "import_schools"} { // each is written in a way of its own
		if _, ok := found[known]; !ok {
			t.Errorf("%q is not found in the source: this test has become blind", known)
		}
	}
}

func TestAuditHasWordsForEveryCollectionAndField(t *testing.T) {
	app := newApp(t)
	defer app.Cleanup()
	cols, err := app.FindAllCollections()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cols {
		if audit.Collection(c.Name).Name() == "" {
			t.Errorf("the collection %s has no words in audit/words.go", c.Name)
		}
		for _, f := range c.Fields {
			if !c.System && !c.IsView() && !f.GetHidden() && f.Type() != core.FieldTypeAutodate && f.GetName() != core.FieldNameId && audit.Field(f.GetName()).Name() == "" && c.Name != "audit_log" {
				t.Errorf("the field %s of %s has no words in audit/words.go", f.GetName(), c.Name)
			}
		}
	}
}

// literalActions are the actions that the source of this package names, and
// where: given as a parameter called action, or put into a deed.
func literalActions(t *testing.T) map[string]string {
	t.Helper()
	files := token.NewFileSet()
	source := parsed(t, files)
	takes := map[string]int{} // function → place of its parameter action
	eachNode(source, func(n ast.Node) {
		if f, ok := n.(*ast.FuncDecl); ok {
			if at := placeOfAction(f.Type); at >= 0 {
				takes[f.Name.Name] = at
			}
		}
	})
	found := map[string]string{}
	note := func(e ast.Expr) {
		if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			text, _ := strconv.Unquote(lit.Value)
			found[text] = files.Position(lit.Pos()).String()
		}
	}
	eachNode(source, func(n ast.Node) {
		switch n := n.(type) {
		case *ast.CallExpr:
			if at, ok := takes[nameOf(n.Fun)]; ok && at < len(n.Args) {
				note(n.Args[at])
			}
		case *ast.CompositeLit:
			if nameOf(n.Type) == "deed" && len(n.Elts) > 0 {
				noteDeed(n.Elts, note)
			}
		case *ast.AssignStmt:
			for i, left := range n.Lhs {
				if s, ok := left.(*ast.SelectorExpr); ok && s.Sel.Name == "Action" && i < len(n.Rhs) {
					note(n.Rhs[i])
				}
			}
		}
	})
	return found
}

func noteDeed(parts []ast.Expr, note func(ast.Expr)) {
	if _, keyed := parts[0].(*ast.KeyValueExpr); !keyed {
		note(parts[0])
		return
	}
	for _, part := range parts {
		if kv := part.(*ast.KeyValueExpr); nameOf(kv.Key) == "Action" {
			note(kv.Value)
		}
	}
}

func parsed(t *testing.T, files *token.FileSet) (source []*ast.File) {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(files, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		source = append(source, f)
	}
	return source
}

func eachNode(source []*ast.File, do func(ast.Node)) {
	for _, f := range source {
		ast.Inspect(f, func(n ast.Node) bool {
			do(n)
			return true
		})
	}
}

// placeOfAction is the place of a parameter "action string", or -1.
func placeOfAction(f *ast.FuncType) int {
	at := 0
	for _, field := range f.Params.List {
		for _, name := range field.Names {
			if name.Name == "action" && nameOf(field.Type) == "string" {
				return at
			}
			at++
		}
	}
	return -1
}

func nameOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}
