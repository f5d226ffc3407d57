package source

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"html"
	"net"
	"net/http"
	"net/url"
	"strings"
)

// mayPass are faults that another try may not meet. All requests are GET: asking twice does nothing twice.
var mayPass = map[Code]bool{Silent: true, TimedOut: true, Cut: true, Unreadable: true, Busy: true, Failing: true}

// brokenOff is an answer that ended before it was whole.
type brokenOff struct{ error }

// Unwrap is why it ended.
func (b brokenOff) Unwrap() error { return b.error }

// judge tells by its status whether an answer is one.
func (f *fetcher) judge(res *http.Response, asked http.Header) error {
	switch code := res.StatusCode; {
	case code == http.StatusOK, code == http.StatusNotModified && len(asked) > 0:
		return nil
	case code == http.StatusUnauthorized:
		return faultf(NoEntry, "来源要求认证（HTTP 401）。请核对认证方式和密钥是否正确、是否过期")
	case code == http.StatusForbidden:
		return faultf(Forbidden, "来源拒绝访问（HTTP 403）。请让来源方开通本机的访问权限，或把本机地址加入白名单")
	case code == http.StatusNotFound, code == http.StatusGone:
		return faultf(Missing, "来源的地址不存在（HTTP %d）。请向来源方核对地址是否已经改变", code)
	case code == http.StatusTooManyRequests, code == http.StatusServiceUnavailable && res.Header.Get("Retry-After") != "":
		return faultf(Busy, "来源要求稍后再来（HTTP %d）。下次会按计划再读；经常如此的，请把每秒请求数改小", code)
	case code == http.StatusRequestTimeout, code >= 500:
		return faultf(Failing, "来源出错（HTTP %d），试了 %d 次。请告诉来源方；下次会按计划再读", code, f.limits.Tries)
	default:
		return faultf(Refused, "来源没有给出内容（HTTP %d）。请核对地址和请求参数", code)
	}
}

// faultOf says what an error of a request means. Its cause tells no address: that may have a token in it.
func (f *fetcher) faultOf(ctx context.Context, err error) Fault {
	var fault Fault
	if errors.As(err, &fault) {
		return fault
	}
	var address *url.Error
	if errors.As(err, &address) {
		err = address.Err
	}
	fault = f.name(ctx, err)
	fault.Cause = err
	return fault
}

func (f *fetcher) name(ctx context.Context, err error) Fault {
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	var slow net.Error
	var broken brokenOff
	switch {
	case context.Cause(ctx) == errTooLong, err == errTooLong:
		return faultf(TimedOut, "读取超过 %d 分钟，已停止。请核对来源是否变慢，或者增大每页行数", int(f.limits.Longest.Minutes()))
	case ctx.Err() != nil:
		return faultf(Cancelled, "读取被中止，没有采用任何内容")
	case errors.Is(err, errPrivate):
		return faultf(Private, "来源通向内部地址，已拒绝连接。来源确实在内网的，请在来源的设置里勾选“允许访问内网地址”；否则请核对地址")
	case errors.As(err, &certificate):
		return faultf(Insecure, "来源的安全证书无效：%s。为防止冒充，没有读取；请来源方更换证书", certificateReason(certificate.Err))
	case errors.Is(err, http.ErrSchemeMismatch):
		return faultf(Insecure, "来源不支持加密连接（https）。请核对地址是否应以 http:// 开头")
	case errors.As(err, &name) && name.IsNotFound:
		return faultf(Unresolved, "找不到来源的域名“%s”。请核对地址，或检查本机的域名解析", f.home.host)
	case errors.As(err, &slow) && slow.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return faultf(TimedOut, "来源没有在 %g 秒内答复完，试了 %d 次。请告诉来源方，或者减少每页行数", f.limits.Wait.Seconds(), f.limits.Tries)
	case errors.As(err, &broken):
		return faultf(Cut, "来源的答复中途断了，试了 %d 次。没有采用任何内容；下次会按计划再读", f.limits.Tries)
	}
	return faultf(Silent, "来源没有响应。请核对地址和端口，检查网络和防火墙，或告诉来源方")
}

func certificateReason(err error) string {
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	var unknown x509.UnknownAuthorityError
	switch {
	case errors.As(err, &host):
		return fmt.Sprintf("证书是别的网站的，不是“%s”的", host.Host)
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "证书已过期或尚未生效"
	case errors.As(err, &unknown):
		return "颁发证书的机构不受信任"
	}
	return "无法验证"
}

// keepSecret keeps what no sentence may say, in the ways in which others write it.
func (f *fetcher) keepSecret(secret string) {
	if secret != "" {
		f.secrets = append(f.secrets, secret, "***", url.QueryEscape(secret), "***", html.EscapeString(secret), "***", strings.ReplaceAll(secret, "/", `\/`), "***")
	}
}

// hide takes the secrets out of what the other side says: some repeat them.
func (f *fetcher) hide(text string) string { return strings.NewReplacer(f.secrets...).Replace(text) }

// longSecret is how long a secret is, in bytes, that stands in no data by chance.
const longSecret = 16

// withoutLong takes long secrets out of an answer before anything is read of it: what
// the other side repeats would be stored with the rows and shown to whoever reads them.
func (f *fetcher) withoutLong(text string) string {
	var long []string
	for i := 0; i < len(f.secrets); i += 2 {
		if len(f.secrets[i]) >= longSecret {
			long = append(long, f.secrets[i], f.secrets[i+1])
		}
	}
	return strings.NewReplacer(long...).Replace(text)
}

func size(bytes int64) string {
	if bytes < 1<<20 {
		return fmt.Sprintf("%d KB", bytes>>10)
	}
	return fmt.Sprintf("%d MB", bytes>>20)
}
