package richtext

import (
	"net/netip"
	"net/url"
	"strings"
)

// cleanLink returns the address a link may keep, or "" and what is wrong with it: privateLink, badLink, or findings
// where there is nothing to tell the author (no address, or a place within the page, which Word's contents table uses).
func cleanLink(raw string) (href string, problem finding) {
	raw = stripControl(raw)
	if raw == "" || raw[0] == '#' {
		return "", findings
	}
	if strings.HasPrefix(raw, "//") {
		raw = "https:" + raw
	}
	u, err := url.Parse(raw)
	if err != nil || strings.Contains(raw, `\`) && u.Scheme != "http" && u.Scheme != "https" {
		if lower := strings.ToLower(raw); strings.HasPrefix(lower, `\\`) || strings.HasPrefix(lower, "file:") {
			return "", privateLink
		}
		return "", badLink
	}
	switch u.Scheme {
	case "http", "https":
		if u.Host == "" || strings.Contains(raw, `\`) {
			return "", badLink
		}
		if IsPrivateHost(u.Hostname()) {
			return "", privateLink
		}
		u.User = nil // "https://www.gov.cn@elsewhere" disguises where it leads
	case "mailto", "tel":
		if u.Opaque == "" {
			return "", badLink
		}
	case "":
		if u.Host != "" || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "//") {
			return "", badLink
		}
	case "file":
		return "", privateLink
	default:
		return "", badLink
	}
	return canonical(u)
}

// cleanImage returns the address of an image among our own published attachments, or "".
func cleanImage(raw string) string {
	u, err := url.Parse(stripControl(raw))
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(u.Path, "/f/") ||
		strings.Contains(u.Path, `\`) || strings.Contains(u.Path, "..") {
		return ""
	}
	src, _ := canonical(u)
	if !strings.HasPrefix(src, "/f/") || len(src) == len("/f/") {
		return ""
	}
	return src
}

// canonical writes u so that reading and writing it again changes nothing.
func canonical(u *url.URL) (string, finding) {
	u.RawQuery = strings.ReplaceAll(u.RawQuery, " ", "%20")
	u.Opaque = strings.ReplaceAll(u.Opaque, " ", "%20")
	first := u.String()
	again, err := url.Parse(first)
	if err != nil || again.String() != first || strings.ContainsAny(first, " \t\r\n") {
		return "", badLink
	}
	return first, findings
}

// stripControl removes what browsers ignore in an address: "java\nscript:" is "javascript:" to them.
func stripControl(raw string) string {
	raw = strings.Map(func(r rune) rune {
		if kindOf(r) == invisible || '\t' <= r && r <= '\r' {
			return -1
		}
		return r
	}, raw)
	return strings.Trim(raw, " \u00A0\u3000")
}

// IsPrivateHost reports whether only a machine inside some network can reach host: publishing the link would tell the
// world about that network and help nobody.
func IsPrivateHost(host string) bool {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if ip, err := netip.ParseAddr(host); err == nil {
		ip = ip.Unmap()
		return ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() || ip.IsUnspecified()
	}
	last := host[strings.LastIndexByte(host, '.')+1:]
	switch {
	case last == host, last == "localhost", last == "local", last == "internal", last == "lan", last == "intranet":
		return true // also single names, "http://oa/"
	case strings.Trim(last, "0123456789") == "", strings.HasPrefix(last, "0x"):
		return true // "127.1" and "0x7f.0.0.0x1" are numbers to a browser, and nobody writes them in good faith
	}
	return false
}
