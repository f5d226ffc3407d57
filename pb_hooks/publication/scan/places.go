package scan

import (
	"regexp"
	"strings"

	"golang.org/x/text/width"
)

var longDigits = regexp.MustCompile(`\d(?:[\d -]{4,}\d)[xX]?`)

// placeName is the name of a file or a sheet as a place shows it: a name may be
// personal data itself, and a place is never masked again. What the classes find
// is masked where it is a number; else the name is replaced.
func placeName(name, instead string) string {
	folded := width.Fold.String(name)
	if len(Text("", folded, nil)) == 0 {
		return name
	}
	masked := longDigits.ReplaceAllStringFunc(folded, func(n string) string { return n[:3] + strings.Repeat("*", len(n)-6) + n[len(n)-3:] })
	if len(Text("", masked, nil)) == 0 {
		return masked
	}
	ext := ""
	if i := strings.LastIndexByte(folded, '.'); i >= 0 && len(folded)-i < 6 {
		ext = folded[i:]
	}
	return instead + "（名称已隐去）" + ext
}
