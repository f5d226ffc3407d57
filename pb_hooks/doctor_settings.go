package pb_hooks

import (
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"time"
)

type mailFacts struct {
	enabled bool
	server  string // host:port
	dialErr error
	sender  string
}

func judgeMail(f mailFacts) finding {
	const check, path = "邮件", "/_/ → Settings → Mail settings"
	switch {
	case !f.enabled:
		return finding{check, notice, "没有设置发信服务器，找回密码和告警邮件发不出去", path + "：填写 SMTP 服务器，并发送一封测试邮件"}
	case f.dialErr != nil:
		return finding{check, fault, fmt.Sprintf("连不上 %s：%v", f.server, f.dialErr), path + "：核对服务器和端口；检查防火墙是否放行"}
	case f.sender == "" || strings.HasSuffix(strings.ToLower(f.sender), "@example.com"):
		return finding{check, notice, fmt.Sprintf("发件地址是 %s，会被当作垃圾邮件", f.sender), path + "：填写单位的发件地址"}
	}
	return finding{check, fine, fmt.Sprintf("%s 可以连接，发件地址 %s", f.server, f.sender), ""}
}

type backupFacts struct {
	cron      string
	where     string
	elsewhere bool // not on the disk of the data
	count     int
	newest    time.Time // zero if there is none
	installed time.Time // when the database was made
	err       error
}

// maxBackupAge is a day and a little, so that a nightly backup that takes long is not late.
const maxBackupAge = 26 * time.Hour

func judgeBackups(f backupFacts, now time.Time) finding {
	const check, path = "备份", "/_/ → Settings → Backups"
	found := fmt.Sprintf("%d 份，存于 %s", f.count, f.where)
	switch {
	case f.err != nil:
		return finding{check, fault, fmt.Sprintf("读不到备份（%s）：%v", f.where, f.err), path + "：核对备份的存储位置"}
	case f.cron == "":
		return finding{check, fault, "没有设置自动备份", path + "：开启自动备份，例如 0 2 * * *（北京时间每天 2 时）"}
	case f.newest.IsZero() && now.Sub(f.installed) <= maxBackupAge:
		return finding{check, notice, "还没有备份，计划 " + f.cron, path + "：现在就手动备份一次，并试着恢复"}
	case f.newest.IsZero():
		return finding{check, fault, "一份备份也没有，计划 " + f.cron, path + "：手动备份一次；确认服务在计划时间（北京时间）运行"}
	}
	age := now.Sub(f.newest)
	found += fmt.Sprintf("，最近一份在 %.0f 小时前", age.Hours())
	switch {
	case age > maxBackupAge:
		return finding{check, fault, found, path + "：查看 /_/ → Logs 中备份失败的原因，并手动备份一次"}
	case !f.elsewhere:
		return finding{check, notice, found + "，与数据在同一块磁盘", path + "：改存到 S3 兼容的对象存储，或每天把该目录同步到另一台机器"}
	}
	return finding{check, fine, found, ""}
}

type doorFacts struct {
	appURL       string
	superuserIPs []string
	superusers   int
	proxyHeaders []string
	leftmost     bool // the proxy's header is read from the end the visitor writes
	rateLimits   bool
	err          error
}

// isLocal reports whether the platform still says that it is found on this machine.
func (f doorFacts) isLocal() bool {
	u, err := url.Parse(f.appURL)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(u.Hostname())
	return u.Hostname() == "localhost" || err == nil && ip.IsLoopback()
}

func judgeAddress(f doorFacts) finding {
	const check, path = "网站地址", "/_/ → Settings → Application → Application URL"
	switch {
	case f.isLocal():
		return finding{check, notice, f.appURL + " 只在本机有效，站点地图、订阅和邮件中的链接都会用它", path + "：填写公众访问的地址，例如 https://xxgk.example.gov.cn"}
	case !strings.HasPrefix(f.appURL, "https://"):
		return finding{check, notice, f.appURL + " 没有使用 https", path + "：配置证书后改为 https:// 开头的地址"}
	}
	return finding{check, fine, f.appURL, ""}
}

func judgeSuperusers(f doorFacts) finding {
	const check = "超级管理员"
	switch {
	case f.err != nil:
		return finding{check, fault, fmt.Sprintf("查不到超级管理员：%v", f.err), "检查数据库文件是否完好"}
	case f.superusers == 0:
		return finding{check, fault, "一个也没有，无法进入后台 /_/", "gongkai superuser upsert 邮箱 密码"}
	}
	return finding{check, fine, fmt.Sprintf("%d 人", f.superusers), ""}
}

func judgeSuperuserIPs(f doorFacts) finding {
	const check, todo = "后台访问范围", "gongkai superuser ips 127.0.0.1 ::1 10.1.2.0/24（换成信息中心的网段）"
	if len(f.superuserIPs) == 0 {
		return finding{check, fault, "没有限制，任何地址都可以登录后台 /_/", todo}
	}
	for _, ip := range f.superuserIPs {
		if prefix, err := netip.ParsePrefix(ip); err == nil && prefix.Bits() < narrowest(prefix) {
			return finding{check, fault, ip + " 几乎等于没有限制", todo}
		}
	}
	return finding{check, fine, strings.Join(f.superuserIPs, "、"), ""}
}

// narrowest is the size of the largest private networks: 10.0.0.0/8 and fc00::/7.
func narrowest(p netip.Prefix) int {
	if p.Addr().Is4() {
		return 8
	}
	return 7
}

func judgeProxy(f doorFacts) finding {
	const check, path = "反向代理", "/_/ → Settings → Application → IP proxy headers"
	switch {
	case len(f.proxyHeaders) > 0 && f.leftmost:
		return finding{check, notice, "取请求头最左边的地址，访客可以伪造，从而绕过后台访问范围和限流", path + "：改为最右边的地址（Use leftmost IP 关闭）"}
	case len(f.proxyHeaders) > 0:
		return finding{check, fine, "信任 " + strings.Join(f.proxyHeaders, "、"), ""}
	case f.isLocal():
		return finding{check, fine, "未设置，直接访问", ""}
	}
	return finding{check, notice, "未设置。若前面有反向代理，所有访客都会被当作代理本机：后台访问范围失效，限流误伤所有人",
		path + "：填写代理写入的请求头，例如 X-Real-IP；没有代理则不必处理"}
}

func judgeRateLimits(f doorFacts) finding {
	const check = "限流"
	if !f.rateLimits {
		return finding{check, fault, "已关闭，密码可以被反复尝试", "/_/ → Settings → Application → Rate limiting：开启"}
	}
	return finding{check, fine, "已开启", ""}
}

func judgeLogs(days int) finding {
	const check = "日志留存"
	if days < 184 {
		return finding{check, notice, fmt.Sprintf("只保留 %d 天，网络安全法第二十一条要求不少于六个月", days), "/_/ → Logs → 设置（齿轮）：Max days retention 填 184 以上"}
	}
	return finding{check, fine, fmt.Sprintf("%d 天", days), ""}
}
