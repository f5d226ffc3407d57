package pb_hooks_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
)

// representation is one way in which an article can be seen.
type representation struct {
	route  string // as the router has it
	path   string // one address of it
	policy func(st situation, who string) (may, must bool)
	shows  func(m matrix, a answer) bool
}

// Policies.
var (
	never  = func(situation, string) (bool, bool) { return false, false }
	listed = func(st situation, _ string) (bool, bool) { return st.listed, st.listed }
	// some lists hold it only when there is room, or when a word matches
	listedAtMost = func(st situation, _ string) (bool, bool) { return st.listed, false }
	readable     = func(st situation, _ string) (bool, bool) { return st.readable, st.readable }
	titleStays   = func(st situation, _ string) (bool, bool) { return st.told, st.told }

	seesArticle = func(st situation, who string) (bool, bool) { article, _ := st.inside(who); return article, article }
	seesText    = func(st situation, who string) (bool, bool) { _, text := st.inside(who); return text, text }
	// the record API also answers superusers, the routes of the workbench do not
	staffArticle = func(st situation, who string) (bool, bool) {
		article, _ := st.inside(who)
		return article && who != root, article && who != root
	}
	staffText = func(st situation, who string) (bool, bool) {
		_, text := st.inside(who)
		return text && who != root, text && who != root
	}
	staffAtMost = func(st situation, who string) (bool, bool) {
		article, _ := st.inside(who)
		return article && who != root, false
	}
	// what was public once: copies of it are to be deleted
	everPublic = func(st situation, _ string) (bool, bool) { return st.everPublic(), st.everPublic() }
	stepped    = func(st situation, who string) (bool, bool) {
		article, _ := st.inside(who)
		return article && st.stepped, article && st.stepped
	}
	// the form of a review: there is one of what was submitted
	staffSubmitted = func(st situation, who string) (bool, bool) {
		_, text := st.inside(who)
		may := text && st.frozen && who != root
		return may, may
	}
	onlyRoot = func(st situation, who string) (bool, bool) { return who == root, false }
)

// words: the title or the text, marked as a hit or not.
func words(_ matrix, a answer) bool {
	plain := strings.NewReplacer("<mark>", "", "</mark>", "").Replace(a.body)
	return strings.Contains(plain, secretWords) || strings.Contains(plain, secretText)
}

// printedWords: the same in a document.
func printedWords(m matrix, a answer) bool {
	return a.status == http.StatusOK && strings.Contains(m.printed(a), secretWords)
}

// unpackedWords: the same in a file that is packed.
func unpackedWords(m matrix, a answer) bool {
	z, err := gzip.NewReader(strings.NewReader(a.body))
	if err != nil {
		m.t.Errorf("%d %s: %v", a.status, a.body, err)
		return false
	}
	text, err := io.ReadAll(z)
	if err != nil {
		m.t.Error(err)
	}
	a.body = string(text)
	return words(m, a)
}

func theText(_ matrix, a answer) bool { return strings.Contains(a.body, secretText) }
func ok(_ matrix, a answer) bool      { return a.status < 300 }
func theArticle(m matrix, a answer) bool {
	return strings.Contains(a.body, m.article)
}
func theFile(m matrix, a answer) bool { return strings.Contains(a.body, m.attachment) }

// theFilesHash: who has the hash of a file can tell whether a copy is of it.
func theFilesHash(m matrix, a answer) bool {
	return strings.Contains(a.body, m.record("attachments", m.attachment).GetString("sha256"))
}

// atMostArticle: whoever is told of an article may see it.
var atMostArticle = func(st situation, who string) (bool, bool) { article, _ := st.inside(who); return article, false }
