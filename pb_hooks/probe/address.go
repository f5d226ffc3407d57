package probe

import (
	"net/netip"
	"net/url"
	"strings"
	"unicode"

	"gongkai/pb_hooks/richtext"
)

// Kind is where an address leads.
type Kind string

// Kinds. What leads nowhere that a visitor could be (intranet, script, disk,
// other) is foreign on a public page.
const (
	Nowhere  Kind = ""         // a place within the page
	Internal Kind = "internal" // a page or file of the site itself
	External Kind = "external"
	Contact  Kind = "contact"  // mailto:, tel:
	Intranet Kind = "intranet" // a machine that only an office reaches: 10.…, 192.168.…, localhost, a single name
	Script   Kind = "script"   // javascript:, vbscript:, data:
	Disk     Kind = "disk"     // file:, C:\, \\server\share
	Other    Kind = "other"    // ftp: and what else browsers do not open, and what is no address
)

// IsForeign reports whether a visitor cannot follow such a link at all.
func (k Kind) IsForeign() bool { return k == Intranet || k == Script || k == Disk || k == Other }

// Classify tells where an address on a page leads, and how it is asked for:
// of an internal one the path, of an external one the address without its fragment.
// home is the address of the site, and may be empty; page is the path of the page.
func Classify(raw, home, page string) (kind Kind, address string) {
	raw = asBrowsersRead(raw)
	lower := strings.ToLower(raw)
	switch {
	case raw == "" || raw[0] == '#':
		return Nowhere, ""
	case strings.HasPrefix(raw, `\\`), len(raw) > 2 && raw[1] == ':' && (raw[2] == '\\' || raw[2] == '/'), strings.HasPrefix(lower, "file:"):
		return Disk, raw
	case strings.HasPrefix(lower, "javascript:"), strings.HasPrefix(lower, "vbscript:"), strings.HasPrefix(lower, "data:"):
		return Script, raw
	case strings.HasPrefix(lower, "mailto:"), strings.HasPrefix(lower, "tel:"):
		return Contact, raw
	case strings.HasPrefix(raw, "//"):
		raw = "https:" + raw
	}
	u, err := url.Parse(raw)
	if err != nil || u.Opaque != "" {
		return Other, raw
	}
	u.Fragment, u.RawFragment, u.User = "", "", nil
	switch u.Scheme {
	case "":
		here := url.URL{Path: page}
		u = here.ResolveReference(u)
		return Internal, u.RequestURI()
	case "http", "https":
	default:
		return Other, raw
	}
	u.Host = strings.ToLower(u.Host)
	if own, err := url.Parse(home); err == nil && own.Host != "" && strings.EqualFold(own.Host, u.Host) {
		return Internal, u.RequestURI()
	}
	if u.Host == "" || strings.Contains(u.Host, "%") {
		return Other, raw
	}
	if richtext.IsPrivateHost(u.Hostname()) || isOdd(u.Hostname()) {
		return Intranet, u.String()
	}
	return External, u.String()
}

// isOdd reports whether a host is an address that is not public, beyond what offices use.
func isOdd(host string) bool {
	ip, err := netip.ParseAddr(host)
	return err == nil && !IsPublic(ip)
}

// asBrowsersRead drops what browsers ignore in an address: "java\nscript:" is a
// script to them.
func asBrowsersRead(raw string) string {
	raw = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, raw)
	return strings.TrimSpace(raw)
}

// IsPublic reports whether an address is one that anybody reaches over the
// Internet, and leads nowhere else: not into an office, to this machine, to many
// machines, or through a translation (IPv4 in IPv6, NAT64, 6to4, Teredo).
func IsPublic(ip netip.Addr) bool {
	if !ip.IsValid() || ip.Is4In6() || ip.Zone() != "" || !ip.IsGlobalUnicast() || ip.IsPrivate() {
		return false
	}
	if ip.Is6() && !global.Contains(ip) {
		return false
	}
	for _, p := range reserved {
		if p.Contains(ip) {
			return false
		}
	}
	return true
}

// global is where addresses of IPv6 are given out from (RFC 4291); NAT64 is outside it.
var global = netip.MustParsePrefix("2000::/3")

// reserved are the further addresses of the IANA special-purpose registries.
var reserved = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("192.88.99.0/24"), netip.MustParsePrefix("198.18.0.0/15"),
	netip.MustParsePrefix("198.51.100.0/24"), netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("2001::/23"), netip.MustParsePrefix("2001:db8::/32"), netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("3fff::/20"),
}
