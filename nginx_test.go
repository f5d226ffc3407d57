package main

import (
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// deploy/nginx.conf is read by the nginx that is installed here, with the mirror included as its head says.
func TestNginxReadsItsConfiguration(t *testing.T) {
	program, err := exec.LookPath("nginx")
	if err != nil {
		t.Skip("there is no nginx here")
	}
	dir := t.TempDir()
	files := map[string]string{"mirror.conf": "deploy/nginx-mirror.conf", "site.conf": "deploy/nginx.conf"}
	for name, source := range files {
		text, err := os.ReadFile(source)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = string(text)
	}
	// ports that anybody may take, and a certificate
	files["site.conf"] = strings.NewReplacer("/etc/ssl/gongkai", dir, "listen 80;", "listen "+freeAddress(t)+";", "listen 443 ", "listen "+freeAddress(t)+" ",
		"listen [::]:80;", "", "listen [::]:443 ssl http2;", "", "    location / {", "    include "+dir+"/mirror.conf;\n    location / {").Replace(files["site.conf"])
	files["nginx.conf"] = fmt.Sprintf(`pid %[1]s/pid; error_log %[1]s/error.log; events {}
http { access_log off; client_body_temp_path %[1]s/b; proxy_temp_path %[1]s/p; fastcgi_temp_path %[1]s/fc; uwsgi_temp_path %[1]s/u; scgi_temp_path %[1]s/sc;
map $arg_page $mirror_page { default ""; }
include %[1]s/site.conf; }`, dir)
	server := httptest.NewTLSServer(http.NotFoundHandler())
	server.Close()
	own := server.TLS.Certificates[0]
	key, err := x509.MarshalPKCS8PrivateKey(own.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	files["fullchain.pem"] = string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: own.Certificate[0]}))
	files["key.pem"] = string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key}))
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := exec.Command(program, "-t", "-c", filepath.Join(dir, "nginx.conf")).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// What deploy/nginx-mirror.conf shows while the appliance is down, by a real nginx.
func TestNginxShowsTheMirror(t *testing.T) {
	program, err := exec.LookPath("nginx")
	if err != nil {
		t.Skip("there is no nginx here")
	}
	dir := t.TempDir()
	root := filepath.Join(dir, "mirror")
	for name, text := range map[string]string{"index.html": "首页", "missing.html": "副本里没有这一页", "s/1.html": "学校", "s/1/A0308.html": "第一页", "s/1/A0308.2.html": "第二页",
		"s/1/A0308/feed.xml": "<rss/>", "a/x1.html": "正文", "f/f1.pdf": "%PDF", "f/f2.thumb.jpg": "jpg", "f/f3.logo.png": "png", "f/f4": "nameless", "open.html": "数据",
		"open/v1/bulk.json": "{}", "open/v1/bulk/articles.csv.gz": "gz", "open/v1/openapi.json": "{}", ".gongkai/mirror.db": "secret"} {
		file := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for place := root; place != "/"; place = filepath.Dir(place) { // its workers are nobody
		if info, err := os.Stat(place); err == nil && info.Mode().Perm()&0o005 != 0o005 && strings.HasPrefix(place, os.TempDir()+"/") {
			if err := os.Chmod(place, 0o755); err != nil {
				t.Fatal(err)
			}
		}
	}
	conf, err := os.ReadFile("deploy/nginx-mirror.conf")
	if err != nil {
		t.Fatal(err)
	}
	conf = []byte(strings.ReplaceAll(string(conf), "/srv/gongkai-mirror", root))
	asked := func(begin string) string { // what the head of the file tells people to add
		t.Helper()
		for line := range strings.SplitSeq(string(conf), "\n") {
			if text, ok := strings.CutPrefix(line, "#     "); ok && strings.HasPrefix(text, begin) {
				return text
			}
		}
		t.Fatalf("nobody is told to add %s", begin)
		return ""
	}
	addr, nobody := freeAddress(t), freeAddress(t)
	whole := fmt.Sprintf(`daemon off; pid %[1]s/pid; error_log %[1]s/error.log; events {}
http { access_log off; include /etc/nginx/mime.types; client_body_temp_path %[1]s/b; proxy_temp_path %[1]s/p; fastcgi_temp_path %[1]s/fc; uwsgi_temp_path %[1]s/u; scgi_temp_path %[1]s/sc;
%[2]s
server { listen %[3]s; location / { proxy_pass http://%[4]s; %[5]s %[6]s %[7]s } %[8]s } }`,
		dir, asked("map"), addr, nobody, asked("proxy_connect"), asked("proxy_intercept"), asked("error_page"), conf)
	if err := os.WriteFile(filepath.Join(dir, "nginx.conf"), []byte(whole), 0o644); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(program, "-c", filepath.Join(dir, "nginx.conf"))
	c.Stderr = os.Stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Process.Signal(os.Interrupt); _ = c.Wait() })
	for range 200 {
		if conn, err := net.Dial("tcp", addr); err == nil {
			conn.Close()
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	for _, tt := range []struct {
		method, path string
		status       int
		says         string
	}{
		{"GET", "/", 200, "首页"}, {"GET", "/s/1", 200, "学校"}, {"GET", "/s/1/A0308", 200, "第一页"}, {"GET", "/s/1/A0308?page=2", 200, "第二页"}, {"GET", "/s/1/A0308?page=1", 200, "第一页"},
		{"GET", "/s/1/A0308?page=../../x", 200, "第一页"}, {"GET", "/s/1/A0308/feed.xml", 200, "<rss/>"}, {"GET", "/a/x1?utm=1", 200, "正文"}, {"HEAD", "/a/x1", 200, ""},
		{"GET", "/f/f1/%E6%96%87.pdf?download", 200, "%PDF"}, {"GET", "/f/f2/thumb.jpg", 200, "jpg"}, {"GET", "/f/f3/logo", 200, "png"}, {"GET", "/f/f4/x", 200, "nameless"},
		{"GET", "/open", 200, "数据"}, {"GET", "/open/v1/bulk", 200, "{}"}, {"GET", "/open/v1/bulk/articles.csv.gz", 200, "gz"}, {"GET", "/open/v1/openapi.json", 200, "{}"},
		{"GET", "/workbench/", 503, "副本里没有这一页"}, {"GET", "/open/v1/articles", 503, "副本里没有这一页"}, {"GET", "/a/none", 503, "副本里没有这一页"}, {"GET", "/missing.html", 404, ""},
		{"POST", "/a/x1", 503, "副本里没有这一页"}, {"GET", "/.gongkai/mirror.db", 503, "副本里没有这一页"}, {"GET", "/s/..%2f.gongkai/mirror.db", 503, "副本里没有这一页"},
	} {
		req, err := http.NewRequest(tt.method, "http://"+addr+tt.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil || res.StatusCode != tt.status || !strings.Contains(string(text), tt.says) || strings.Contains(string(text), "secret") || res.Header.Get("X-Gongkai-Mirror") != "1" {
			t.Errorf("%s %s: %d %q %v %v", tt.method, tt.path, res.StatusCode, text, res.Header, err)
		}
	}
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
