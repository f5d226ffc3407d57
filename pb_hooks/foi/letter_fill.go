package foi

import (
	"regexp"
	"slices"
	"strings"
)

// placeholder is {{name}}, with spaces allowed around the name.
var placeholder = regexp.MustCompile(`\{\{([^{}]*)\}\}`)

// braces are what a placeholder begins or ends with, also as a Chinese keyboard
// writes them: left over, somebody meant a placeholder and it is not one.
var braces = regexp.MustCompile(`\{\{|\}\}|｛｛|｝｝`)

// Slot is where a placeholder stands in a text, in bytes.
type Slot struct {
	Name       string
	Start, End int
}

// Slots finds the placeholders of one paragraph, in order. BrokenPlaceholder is a
// brace without its other half or a name that spans paragraphs.
func Slots(text string) ([]Slot, error) {
	var slots []Slot
	rest := 0
	for _, m := range placeholder.FindAllStringSubmatchIndex(text, -1) {
		name := strings.TrimSpace(text[m[2]:m[3]])
		tripled := strings.HasSuffix(text[:m[0]], "{") || strings.HasPrefix(text[m[1]:], "}")
		if name == "" || tripled || strings.ContainsAny(name, "\n\t") || braces.MatchString(text[rest:m[0]]) {
			return nil, BrokenPlaceholder{near(text, m[0])}
		}
		slots, rest = append(slots, Slot{name, m[0], m[1]}), m[1]
	}
	if m := braces.FindStringIndex(text[rest:]); m != nil {
		return nil, BrokenPlaceholder{near(text, rest+m[0])}
	}
	return slots, nil
}

// near is what stands around a place, to be found by a person.
func near(text string, at int) string {
	before, after := []rune(text[:at]), []rune(text[at:])
	return strings.TrimSpace(string(before[max(0, len(before)-6):]) + string(after[:min(len(after), 12)]))
}

// FillText puts values into a text. The values are not looked into: braces in them
// stay braces. A placeholder that no letter knows is an UnknownPlaceholder, one
// without a value a MissingValue; an empty value is a value.
func FillText(text string, values map[string]string) (string, error) {
	slots, err := Slots(text)
	if err != nil {
		return "", err
	}
	if err := CheckNames(namesOf(slots), values); err != nil {
		return "", err
	}
	var b strings.Builder
	at := 0
	for _, s := range slots {
		b.WriteString(text[at:s.Start])
		b.WriteString(values[s.Name])
		at = s.End
	}
	b.WriteString(text[at:])
	return b.String(), nil
}

func namesOf(slots []Slot) []string {
	var names []string
	for _, s := range slots {
		if !slices.Contains(names, s.Name) {
			names = append(names, s.Name)
		}
	}
	return names
}

// CheckNames sees to it that letters know every placeholder and that each has a
// value, possibly an empty one.
func CheckNames(names []string, values map[string]string) error {
	var unknown, missing []string
	for _, name := range names {
		if _, ok := values[name]; !IsLetterField(name) {
			unknown = append(unknown, name)
		} else if !ok {
			missing = append(missing, name)
		}
	}
	switch {
	case len(unknown) > 0:
		return UnknownPlaceholder{Names: unknown}
	case len(missing) > 0:
		return MissingValue{Names: missing}
	}
	return nil
}

// CheckValues sees to it that nothing a letter must say is missing or blank: what it
// requires, and who writes, where its text says so.
func (l Letter) CheckValues(values map[string]string) error {
	must := slices.Clone(l.Required)
	for _, name := range commonFields {
		if strings.Contains(l.Text, "{{"+name+"}}") && !slices.Contains(must, name) {
			must = append(must, name)
		}
	}
	var missing []string
	for _, name := range must {
		if isBlank(values[name]) {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		return MissingValue{Letter: l.Name, Names: missing}
	}
	return nil
}

// CheckTemplate compares the placeholders of a template with what a letter may and
// must say: UnknownPlaceholder names those it may not, LackingPlaceholder those
// that somebody took out though the letter needs them.
func (l Letter) CheckTemplate(names []string) error {
	var unknown, lacking []string
	for _, name := range names {
		if !slices.Contains(l.Fields(), name) {
			unknown = append(unknown, name)
		}
	}
	for _, name := range slices.Concat(l.Required, l.Blankable) {
		if !slices.Contains(names, name) {
			lacking = append(lacking, name)
		}
	}
	switch {
	case len(unknown) > 0:
		return UnknownPlaceholder{Letter: l.Name, Names: unknown}
	case len(lacking) > 0:
		return LackingPlaceholder{Letter: l.Name, Names: lacking}
	}
	return nil
}

func braced(names []string) string { return "{{" + strings.Join(names, "}}、{{") + "}}" }

// UnknownPlaceholder names placeholders that letters, or this letter, do not know.
type UnknownPlaceholder struct {
	Letter string // "" if no letter knows them
	Names  []string
}

func (e UnknownPlaceholder) Error() string {
	if e.Letter == "" {
		return "模板中有不认识的占位符：" + braced(e.Names)
	}
	return "《" + e.Letter + "》的模板中不能使用占位符：" + braced(e.Names)
}

// Code is the machine's name of the error.
func (e UnknownPlaceholder) Code() string { return "letter_unknown_placeholder" }

// Params are the words a page may need.
func (e UnknownPlaceholder) Params() map[string]any {
	return map[string]any{"letter": e.Letter, "names": e.Names}
}

// LackingPlaceholder names placeholders that a template must have and has not.
type LackingPlaceholder struct {
	Letter string
	Names  []string
}

func (e LackingPlaceholder) Error() string {
	return "《" + e.Letter + "》的模板中缺少占位符：" + braced(e.Names)
}

// Code is the machine's name of the error.
func (e LackingPlaceholder) Code() string { return "letter_lacking_placeholder" }

// Params are the words a page may need.
func (e LackingPlaceholder) Params() map[string]any {
	return map[string]any{"letter": e.Letter, "names": e.Names}
}

// MissingValue names what a letter would leave blank.
type MissingValue struct {
	Letter string // "" if a text of several letters
	Names  []string
}

func (e MissingValue) Error() string {
	return "文书还缺少内容：" + strings.Join(e.Names, "、")
}

// Code is the machine's name of the error.
func (e MissingValue) Code() string { return "letter_missing_value" }

// Params are the words a page may need.
func (e MissingValue) Params() map[string]any {
	return map[string]any{"letter": e.Letter, "names": e.Names}
}

// BrokenPlaceholder is a brace without its other half. Near is what stands there.
type BrokenPlaceholder struct{ Near string }

func (e BrokenPlaceholder) Error() string {
	return "“" + e.Near + "”处的占位符不完整，请写成 {{名称}}，使用英文大括号，不要换行"
}

// Code is the machine's name of the error.
func (e BrokenPlaceholder) Code() string { return "letter_broken_placeholder" }

// Params are the words a page may need.
func (e BrokenPlaceholder) Params() map[string]any { return map[string]any{"near": e.Near} }
