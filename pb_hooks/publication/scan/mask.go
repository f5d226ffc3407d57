package scan

import "strings"

// mask shows enough of a value to find it and too little to use it.
func mask(class Class, value string) string {
	r := []rune(value)
	keep := func(front, back int) string {
		if len(r) <= front+back {
			return string(r[:min(1, len(r))]) + strings.Repeat("*", max(0, len(r)-1))
		}
		return string(r[:front]) + strings.Repeat("*", len(r)-front-back) + string(r[len(r)-back:])
	}
	switch class {
	case IdentityCard, StudentID:
		return keep(3, 3)
	case Mobile:
		return keep(3, 4)
	case BankCard:
		return keep(4, 4)
	case Email:
		name, domain, _ := strings.Cut(value, "@")
		return string([]rune(name)[:1]) + "***@" + domain
	case Address:
		return keep(3, 1)
	case Plate, Passport:
		return keep(2, 1)
	}
	return keep(1, 0)
}

// maskName keeps the surname.
func maskName(name string) string {
	r := []rune(name)
	if len(r) == 0 {
		return ""
	}
	front := 1
	if len(r) > 2 && compound[string(r[:2])] {
		front = 2
	}
	return string(r[:front]) + strings.Repeat("*", len(r)-front)
}
