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
func DownService(address string) string {
	if address == "/open" {
		return `平台暂时打不开，接口现在不能读取。全部列表的文件可以下载：<a href="/open/v1/bulk">文件目录</a>，校验值见 <a href="/open/v1/bulk/SHA256SUMS">SHA256SUMS</a>；目录是空的，就是还没有生成。`
	}
	return "平台暂时打不开，现在看到的是只读副本，不能检索、申请、写信和查询进度。已经提交的申请和来信不受影响。请过一会儿再来。"
}

// AwayBanner stands on the pages of an export. live is the address of the site.
func AwayBanner(made time.Time, live string) string {
	return banner("<strong>离线副本，制作于 " + Time(made) + "。</strong>最新内容和办事服务请看网站 " + anchor(live, live) + "。")
}

// AwayService says on such a page what does not work in the copy.
func AwayService(live, address string) string {
	if address == "/open" {
		return "离线副本里不能读取接口。同样的数据在副本的 data 文件夹里；最新的请联网读取 " + anchor(live+address, live+address) + "。"
	}
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

// readme tells whoever opens a package what is in it.
func readme(e Export) string {
	return e.About + "公开信息副本\n\n制作时间：" + e.Made.Format(instant) + "\n网站：" + e.Live + `

怎样看
  先把压缩包全部解压，再用浏览器打开 index.html，不用联网，不用安装软件。

里面有什么
  index.html、s、a     全部公开网页：学校、栏目（含各页列表）、信息正文
  f                    附件和图片；文件名是附件编号，原来的名称见网页和 data/articles.jsonl
  data                 同样的内容，供其他系统导入：JSON（.json）和每行一条 JSON（.jsonl），UTF-8，
                       字段说明见 data/openapi.json
  MANIFEST.sha256      每个文件的 SHA-256 校验值；核对：sha256sum -c MANIFEST.sha256

里面没有什么
  没有公开的内容：草稿、审核记录、账号、申请和来信、个人信息。已撤回的信息只有撤回说明。
  检索、申请、来信、进度查询要联网到网站上办理。
  本页二维码、订阅（RSS）和脚本没有复制。

这份副本是制作时间这一刻网站上公开的内容，以后不会更新：制作期间和以后公开、更改、撤回的，请以网站为准，
不要再传播已撤回的内容。
`
}
