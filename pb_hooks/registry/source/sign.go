package source

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

// setSign chooses how requests to the home say who asks.
func (f *fetcher) setSign(secrets Secrets) {
	a := f.config.Auth
	switch a.Sign {
	case ByHeader:
		f.sign = func(_ context.Context, r *http.Request) error {
			r.Header.Set(a.Name, a.Prefix+secrets.Secret)
			return nil
		}
	case ByQuery:
		f.sign = func(_ context.Context, r *http.Request) error {
			query := r.URL.Query()
			query.Set(a.Name, secrets.Secret)
			r.URL.RawQuery = query.Encode()
			return nil
		}
	case ByBasic:
		f.keepSecret(base64.StdEncoding.EncodeToString([]byte(a.User + ":" + secrets.Secret)))
		f.sign = func(_ context.Context, r *http.Request) error {
			r.SetBasicAuth(a.User, secrets.Secret)
			return nil
		}
	case ByOAuth2:
		f.signByToken(secrets)
	default:
		f.sign = func(context.Context, *http.Request) error { return nil }
	}
}

// signByToken signs with a token that is asked for when there is none, or when the last is no longer good.
func (f *fetcher) signByToken(secrets Secrets) {
	a := f.config.Auth
	credentials := clientcredentials.Config{ClientID: a.User, ClientSecret: secrets.Secret, TokenURL: a.TokenURL, Scopes: a.Scopes}
	var token *oauth2.Token
	f.renew = func() { token = nil }
	f.sign = func(ctx context.Context, r *http.Request) error {
		if !token.Valid() {
			var err error
			if token, err = credentials.Token(context.WithValue(ctx, oauth2.HTTPClient, f.client)); err != nil {
				return f.tokenFault(err)
			}
			f.keepSecret(token.AccessToken)
		}
		token.SetAuthHeader(r)
		return nil
	}
}

// tokenFault says why no token was given. What the other side wrote stays out of the cause: it may repeat the secret.
func (f *fetcher) tokenFault(err error) error {
	var refused *oauth2.RetrieveError
	var unsent *url.Error
	switch {
	case errors.As(err, &unsent):
		return err
	case !errors.As(err, &refused):
		return faultf(Expired, "来源的令牌服务没有给出令牌。请核对令牌地址，或告诉来源方")
	case refused.Response.StatusCode >= 500, refused.Response.StatusCode == http.StatusTooManyRequests:
		return faultf(Failing, "来源的令牌服务出错（HTTP %d），试了 %d 次。请告诉来源方；下次会按计划再读", refused.Response.StatusCode, f.limits.Tries)
	}
	fault := faultf(Expired, "来源不给令牌（HTTP %d）。请核对令牌地址、客户端标识、密钥和授权范围", refused.Response.StatusCode)
	fault.Cause = fmt.Errorf("token endpoint: status %d", refused.Response.StatusCode)
	return fault
}
