package source

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"gongkai/pb_hooks/registry"
)

// mapped is one field of a mapping, ready to read.
type mapped struct {
	Field
	name  string
	match *regexp.Regexp
}

func newMapping(fields map[string]Field) (m mapping) {
	for _, name := range registry.SaidNames() {
		if f, ok := fields[name]; ok {
			one := mapped{Field: f, name: name}
			if f.Match != "" {
				one.match = regexp.MustCompile(f.Match) // Check has compiled it
			}
			m.fields = append(m.fields, one)
		}
	}
	return m
}

// hasStagesByParam reports whether the source is asked once for each stage, so that a school of two comes twice.
func (m mapping) hasStagesByParam() bool {
	return slices.ContainsFunc(m.fields, func(f mapped) bool { return f.name == "stages" && f.Param != "" })
}

// origin is the value as the source gives it.
func (f mapped) origin(it item, with asked) any {
	switch {
	case f.Const != "":
		return f.Const
	case f.Param != "":
		return with[f.Param]
	}
	return it.value(f.Field)
}

// read is the value in our words, or why it has none.
func (f mapped) read(it item, with asked) (value any, reason string) {
	value = f.origin(it, with)
	text, ok := registry.LooseText(value)
	if !ok {
		return value, "" // for ReadRow to name
	}
	if strings.ContainsRune(text, '\ufffd') {
		return nil, fmt.Sprintf("“%s”里有损坏的字，请来源方改正", first(text, 40))
	}
	if f.match != nil {
		text = firstGroup(f.match, text)
		value = text
	}
	if f.Values == nil {
		return value, ""
	}
	return f.translate(strings.TrimSpace(text))
}

// firstGroup is what the first group of a pattern found, or all of it; nothing where the pattern is not found.
func firstGroup(pattern *regexp.Regexp, text string) string {
	found := pattern.FindStringSubmatch(text)
	switch len(found) {
	case 0:
		return ""
	case 1:
		return found[0]
	}
	return found[1]
}

// translate looks a value up in the table, whole or by its parts.
func (f mapped) translate(text string) (value any, reason string) {
	if text == "" {
		return nil, ""
	}
	if ours, ok := f.ours(text); ok {
		return ours, ""
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、;；/／|｜,，", r) })
	if len(parts) > 1 {
		var all []string
		for _, part := range parts {
			ours, ok := f.ours(strings.TrimSpace(part))
			if !ok {
				return nil, fmt.Sprintf("“%s”不在对照表里", strings.TrimSpace(part))
			}
			all = append(all, ours)
		}
		return strings.Join(all, "、"), ""
	}
	return nil, fmt.Sprintf("“%s”不在对照表里", text)
}

func (f mapped) ours(theirs string) (string, bool) {
	if ours, ok := f.Values[theirs]; ok {
		return ours, true
	}
	return theirs, slices.Contains(slices.Collect(maps.Values(f.Values)), theirs)
}
