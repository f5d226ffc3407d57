package probe

import (
	"fmt"
	"io"
	"log"
	"net/netip"
	"reflect"
	"testing"
	"time"
)

func quiet() *log.Logger { return log.New(io.Discard, "", 0) }

func TestLinks(t *testing.T) {
	for _, tt := range []struct {
		name, source string
		want         []string
	}{
		{"none", "<p>各位家长：</p>", nil},
		{"links and images, each once", `<p><a href="/a/1" rel="nofollow">甲</a><img src="/f/2/x.png" alt="">乙<a href="/a/1">丙</a></p>`, []string{"/a/1", "/f/2/x.png"}},
		{"entities are read", `<a href="/search?q=a&amp;page=2">x</a>`, []string{"/search?q=a&page=2"}},
		{"written out in a sentence", "<p>请登录http://10.110.33.3:8080/oa/index.jsp，或访问“https://a.example/x?y=1”。</p>", []string{"http://10.110.33.3:8080/oa/index.jsp", "https://a.example/x?y=1"}},
		{"an address that stands on itself is one", `<a href="https://a.example/">https://a.example/</a>`, []string{"https://a.example/"}},
		{"what is no link is none", `<p title="https://a.example/">x</p><!-- <a href="/b">y</a> --><blockquote cite="/c">z</blockquote>`, nil},
		{"an end of a sentence is no part", "见 https://a.example/x. 谢谢", []string{"https://a.example/x"}},
	} {
		if got := Links(tt.source); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestClassify(t *testing.T) {
	const home = "https://xxgk.example.sh.cn"
	for raw, want := range map[string]struct {
		kind    Kind
		address string
	}{
		"": {Nowhere, ""}, "#part": {Nowhere, ""}, " \t#x": {Nowhere, ""},
		"/a/1": {Internal, "/a/1"}, "/s/1?page=2#x": {Internal, "/s/1?page=2"}, "2": {Internal, "/a/2"}, "../s/9": {Internal, "/s/9"}, "?file=x": {Internal, "/a/1?file=x"},
		home: {Internal, "/"}, "http://XXGK.example.sh.cn/a/1#x": {Internal, "/a/1"}, "//xxgk.example.sh.cn/a/2": {Internal, "/a/2"},
		"https://www.shmh.gov.cn/x?y#z": {External, "https://www.shmh.gov.cn/x?y"}, "//a.example/": {External, "https://a.example/"}, "https://u:p@a.example/": {External, "https://a.example/"},
		"http://172.32.0.1/": {External, "http://172.32.0.1/"}, "http://教育.example/": {External, "http://%E6%95%99%E8%82%B2.example/"},
		"http://10.110.33.3/": {Intranet, "http://10.110.33.3/"}, "http://172.16.9.9:8080/x": {Intranet, "http://172.16.9.9:8080/x"}, "http://172.31.0.1": {Intranet, "http://172.31.0.1"}, "http://192.168.0.1": {Intranet, "http://192.168.0.1"},
		"http://127.0.0.1": {Intranet, "http://127.0.0.1"}, "http://localhost:8090/_/": {Intranet, "http://localhost:8090/_/"}, "http://[::1]/": {Intranet, "http://[::1]/"}, "http://[fc00::1]/": {Intranet, "http://[fc00::1]/"},
		"http://[::ffff:10.0.0.1]/": {Intranet, "http://[::ffff:10.0.0.1]/"}, "http://[64:ff9b::a00:1]/": {Intranet, "http://[64:ff9b::a00:1]/"}, "http://nas.local/": {Intranet, "http://nas.local/"}, "http://oa/": {Intranet, "http://oa/"},
		"http://2130706433/": {Intranet, "http://2130706433/"}, "http://0x7f.1/": {Intranet, "http://0x7f.1/"}, "http://0177.0.0.1/": {Intranet, "http://0177.0.0.1/"},
		"javascript:void(0)": {Script, "javascript:void(0)"}, "java\nscript:alert(1)": {Script, "javascript:alert(1)"}, "JAVASCRIPT:x": {Script, "JAVASCRIPT:x"}, "data:text/html,x": {Script, "data:text/html,x"},
		"file:///C:/x.doc": {Disk, "file:///C:/x.doc"}, `C:\x.doc`: {Disk, `C:\x.doc`}, `\\server\share`: {Disk, `\\server\share`},
		"mailto:a@b.cn": {Contact, "mailto:a@b.cn"}, "tel:+862164120000": {Contact, "tel:+862164120000"},
		"ftp://a.example/": {Other, "ftp://a.example/"}, "http://": {Other, "http://"}, "http://[::1": {Other, "http://[::1"}, "weixin://dl/x": {Other, "weixin://dl/x"},
	} {
		if kind, address := Classify(raw, home, "/a/1"); kind != want.kind || address != want.address {
			t.Errorf("%q: %q %q, want %q %q", raw, kind, address, want.kind, want.address)
		}
	}
}

func TestIsPublic(t *testing.T) {
	for _, ip := range []string{"1.1.1.1", "114.114.114.114", "172.32.0.1", "2400:3200::1"} {
		if !IsPublic(netip.MustParseAddr(ip)) {
			t.Errorf("%s is public", ip)
		}
	}
	for _, ip := range []string{"0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.168.0.1", "198.18.0.1",
		"198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:1.1.1.1", "64:ff9b::1.1.1.1", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1",
		"2002:a00:1::", "3fff::1", "fc00::1", "fd12::1", "fe80::1", "fec0::1", "ff02::1", "2400:3200::1%eth0"} {
		if IsPublic(netip.MustParseAddr(ip)) {
			t.Errorf("%s is not public", ip)
		}
	}
	if IsPublic(netip.Addr{}) {
		t.Error("no address is public")
	}
}

func TestIsOnlyWeChat(t *testing.T) {
	const link = `<a href="https://mp.weixin.qq.com/s/abc">点击查看原文</a>`
	for source, want := range map[string]bool{
		"<p>" + link + "</p>": true, "<p>https://mp.weixin.qq.com/s?__biz=MzA5&amp;mid=1&amp;idx=1&amp;sn=0123456789abcdef</p>": true,
		"<p>学校于本周五举行秋季运动会，各班请于周三之前报名，地点在南操场，雨天顺延至下周一。</p><p>" + link + "</p>": false,
		"<p>" + link + `</p><img src="/f/1/x.png" alt="通知全文">`:                false, "<p>见微信 mp.weixin.qq.com</p>": false, `<p><a href="/a/1">x</a></p>`: false,
	} {
		if got := IsOnlyWeChat(source); got != want {
			t.Errorf("%s: %v", source, got)
		}
	}
}

func TestAfter(t *testing.T) {
	now := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	type look struct {
		after time.Duration
		Look
	}
	gone := Look{404, Missing}
	for _, tt := range []struct {
		name  string
		looks []look
		want  Standing
	}{
		{"works", []look{{0, Look{200, Works}}}, Standing{State: Fine, Look: Look{200, Works}}},
		{"one failure is a bad moment", []look{{0, gone}}, Standing{Suspect, 1, now, gone}},
		{"a second at once does not count", []look{{0, gone}, {10 * time.Minute, gone}}, Standing{Suspect, 1, now, gone}},
		{"a second later does", []look{{0, gone}, {time.Hour, gone}}, Standing{Broken, 2, now, gone}},
		{"the third too", []look{{0, gone}, {time.Hour, gone}, {24 * time.Hour, Look{0, Silent}}}, Standing{Broken, 3, now, Look{0, Silent}}},
		{"busy tells nothing", []look{{0, gone}, {24 * time.Hour, Look{429, Busy}}}, Standing{Suspect, 1, now, gone}},
		{"nothing is known of what was always busy", []look{{0, Look{429, Busy}}}, Standing{State: Unchecked}},
		{"repaired", []look{{0, gone}, {time.Hour, gone}, {48 * time.Hour, Look{200, Works}}}, Standing{State: Fine, Look: Look{200, Works}}},
	} {
		s := Standing{State: Unchecked}
		for _, l := range tt.looks {
			s = s.After(l.Look, now.Add(l.after))
		}
		if s != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, s, tt.want)
		}
	}
}

func TestEveryFaultHasAName(t *testing.T) {
	for _, status := range []int{200, 206, 301, 400, 401, 403, 404, 410, 412, 429, 500, 503} {
		if name := FaultOf(status).Name(); name == "" {
			t.Errorf("%d has no name", status)
		}
	}
	if len(faults) != 11 {
		t.Errorf("%d faults have names", len(faults))
	}
}

func TestSpread(t *testing.T) {
	var s Spread
	if s.Within() != 0 {
		t.Error("nothing took a while")
	}
	for range 95 {
		s.Add(30 * time.Millisecond)
	}
	for range 5 {
		s.Add(6*time.Second + time.Millisecond)
	}
	if got := s.Within(); got != 50 {
		t.Errorf("95 of 100 within %d", got)
	}
	s.Add(16 * time.Second)
	if got := s.Within(); got != 10000 {
		t.Errorf("95 of 101 within %d", got)
	}
	again, err := ParseSpread(s.String())
	if err != nil || again != s {
		t.Errorf("%v %v", again, err)
	}
	again.Sum(s)
	if fmt.Sprint(again) != "190,0,0,0,0,0,0,0,10,0,2" {
		t.Errorf("sum: %v", again)
	}
	for _, text := range []string{"1,2", "1,2,3,4,5,6,7,8,9,10,x"} {
		if _, err := ParseSpread(text); err == nil {
			t.Errorf("%q was read", text)
		}
	}
	var late Spread
	late.Add(time.Minute)
	if late.Within() != 30000 {
		t.Errorf("late: %d", late.Within())
	}
}

func BenchmarkLinks(b *testing.B) {
	body := "<p>各位家长：学校食堂本周起调整供餐时间。</p><p>详见<a href=\"/a/abc\">通知</a>和 https://a.example/x。</p>"
	for b.Loop() {
		Links(body)
	}
}
