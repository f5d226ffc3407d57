package mirror

import (
	"html"
	"strings"
	"time"
)

// Phone is whom people can call instead.
type Phone struct{ Of, Number string }

// instant is how pages write one, in the zone of t.
const instant = "2006年1月2日 15:04"

// Time is the HTML of an instant, in the zone of t.
func Time(t time.Time) string {
	return `<time datetime="` + t.Format(time.RFC3339) + `">` + t.Format(instant) + "</time>"
}

func banner(inner string) string {
	return `<aside class="wrap" aria-label="只读副本"><p class="notice notice-warn">` + inner + "</p></aside>\n"
}

// DownBanner stands on the pages of a mirror, which people see while the
// appliance is down.
func DownBanner(phones []Phone) string {
	b := "<strong>只读副本，本页更新于 " + WrittenAt + "。</strong>平台暂时打不开，申请和来信现在不能提交，请过一会儿再来。"
	var list []string
	for _, p := range phones {
		if p.Number != "" {
			number := html.EscapeString(p.Number)
			list = append(list, html.EscapeString(p.Of)+` <a href="tel:`+number+`">`+number+"</a>")
		}
	}
	if len(list) > 0 {
		b += "急事请打电话：" + strings.Join(list, "，") + "。"
	}
	return banner(b)
}

// DownService says on such a page what does not work now.
func DownService() string {
	return "平台暂时打不开，现在看到的是只读副本，不能检索、申请、写信和查询进度。已经提交的申请和来信不受影响。请过一会儿再来。"
}

// AwayBanner stands on the pages of an export. live is the address of the site.
func AwayBanner(made time.Time, live string) string {
	return banner("<strong>离线副本，制作于 " + Time(made) + "。</strong>最新内容和办事服务请看网站 " + anchor(live, live) + "。")
}

// AwayService says on such a page what does not work in the copy.
func AwayService(live, address string) string {
	return "离线副本里不能检索、申请、写信和查询进度。要用这些功能，请联网打开 " + anchor(live+address, live+address) + "。"
}

// gonePage is what a page leaves behind that was hidden while a copy was made.
func gonePage(made time.Time, live, address string) string {
	return "<!doctype html>\n<html lang=\"zh-CN\">\n<head><meta charset=\"utf-8\"><title>这一页没有复制</title></head>\n<body><main><h1>这一页没有复制</h1>\n<p>制作副本时（" +
		Time(made) + "）网站上没有这一页，可能已经撤下。请看 " + anchor(live+address, live+address) + "。</p></main></body>\n</html>\n"
}

func anchor(href, text string) string {
	return `<a href="` + html.EscapeString(href) + `">` + html.EscapeString(text) + "</a>"
}
