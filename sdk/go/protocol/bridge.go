// SPDX-License-Identifier: Apache-2.0

package protocol

import "patchbay.io/sdk/go/internal/wire"

// BridgeRequest is what the host hands to a plugin for one execution
// (contract 2.8). A part that the host did not send is nil.
type BridgeRequest struct {
	PluginID  string
	Route     *RouteSnapshot
	Request   *HTTPRequestSnapshot
	Identity  *IdentitySnapshot
	RequestID string
}

// RouteSnapshot says which route of the plugin was matched.
type RouteSnapshot struct {
	// Method is the HTTP method in upper case.
	Method       string
	PublicPath   string
	InternalPath string
	RoutePath    string
	// Access is "public" or "login".
	Access     string
	Permission string
	// RequestType names the handler.
	RequestType string
	PathParams  map[string]string
	QueryValues map[string][]string
}

// HTTPRequestSnapshot is the HTTP request that caused the execution. The host
// never passes on the header Authorization.
type HTTPRequestSnapshot struct {
	Method       string
	PublicPath   string
	InternalPath string
	RawPath      string
	RawQuery     string
	Host         string
	Scheme       string
	RemoteAddr   string
	ClientIP     string
	ContentType  string
	Headers      map[string][]string
	Cookies      map[string]string
	Body         []byte
}

// IdentitySnapshot says on whose behalf the request came.
type IdentitySnapshot struct {
	TokenID              string
	UserID               int32
	Username             string
	Status               int32
	Permissions          []string
	RoleNames            []string
	IsSuperAdmin         bool
	DataScope            int32
	DataScopeUnsupported bool
	UnsupportedDataScope int32
	TenantID             int32
	ActingUserID         int32
	ActingAsTenant       bool
	IsImpersonation      bool
}

// AppendTo appends the encoded message to dst.
func (m *BridgeRequest) AppendTo(dst []byte) []byte {
	dst = wire.AppendTrimmed(dst, 1, m.PluginID)
	if m.Route != nil {
		dst = wire.AppendMessage(dst, 2, m.Route.AppendTo(nil))
	}
	if m.Request != nil {
		dst = wire.AppendMessage(dst, 3, m.Request.AppendTo(nil))
	}
	if m.Identity != nil {
		dst = wire.AppendMessage(dst, 4, m.Identity.AppendTo(nil))
	}
	return wire.AppendTrimmed(dst, 5, m.RequestID)
}

// AppendTo appends the encoded message to dst.
func (m *RouteSnapshot) AppendTo(dst []byte) []byte {
	dst = wire.AppendTrimmed(dst, 1, m.Method)
	dst = wire.AppendTrimmed(dst, 2, m.PublicPath)
	dst = wire.AppendTrimmed(dst, 3, m.InternalPath)
	dst = wire.AppendTrimmed(dst, 4, m.RoutePath)
	dst = wire.AppendTrimmed(dst, 5, m.Access)
	dst = wire.AppendTrimmed(dst, 6, m.Permission)
	dst = wire.AppendTrimmed(dst, 7, m.RequestType)
	dst = wire.AppendStringMap(dst, 8, m.PathParams)
	return wire.AppendListMap(dst, 9, m.QueryValues)
}

// AppendTo appends the encoded message to dst.
func (m *HTTPRequestSnapshot) AppendTo(dst []byte) []byte {
	dst = wire.AppendTrimmed(dst, 1, m.Method)
	dst = wire.AppendTrimmed(dst, 2, m.PublicPath)
	dst = wire.AppendTrimmed(dst, 3, m.InternalPath)
	dst = wire.AppendTrimmed(dst, 4, m.RawPath)
	dst = wire.AppendTrimmed(dst, 5, m.RawQuery)
	dst = wire.AppendTrimmed(dst, 6, m.Host)
	dst = wire.AppendTrimmed(dst, 7, m.Scheme)
	dst = wire.AppendTrimmed(dst, 8, m.RemoteAddr)
	dst = wire.AppendTrimmed(dst, 9, m.ClientIP)
	dst = wire.AppendTrimmed(dst, 10, m.ContentType)
	dst = wire.AppendListMap(dst, 11, m.Headers)
	dst = wire.AppendStringMap(dst, 12, m.Cookies)
	return wire.AppendBytes(dst, 13, m.Body)
}

// AppendTo appends the encoded message to dst.
func (m *IdentitySnapshot) AppendTo(dst []byte) []byte {
	dst = wire.AppendTrimmed(dst, 1, m.TokenID)
	dst = wire.AppendInt32(dst, 2, m.UserID)
	dst = wire.AppendTrimmed(dst, 3, m.Username)
	dst = wire.AppendInt32(dst, 4, m.Status)
	for _, permission := range m.Permissions {
		dst = wire.AppendTrimmed(dst, 5, permission)
	}
	for _, role := range m.RoleNames {
		dst = wire.AppendTrimmed(dst, 6, role)
	}
	dst = wire.AppendBool(dst, 7, m.IsSuperAdmin)
	dst = wire.AppendInt32(dst, 8, m.DataScope)
	dst = wire.AppendBool(dst, 9, m.DataScopeUnsupported)
	dst = wire.AppendInt32(dst, 10, m.UnsupportedDataScope)
	dst = wire.AppendInt32(dst, 11, m.TenantID)
	dst = wire.AppendInt32(dst, 12, m.ActingUserID)
	dst = wire.AppendBool(dst, 13, m.ActingAsTenant)
	return wire.AppendBool(dst, 14, m.IsImpersonation)
}

// DecodeBridgeRequest reads an encoded message.
func DecodeBridgeRequest(data []byte) (BridgeRequest, error) {
	var m BridgeRequest
	r := wire.NewReader(data)
	for r.More() {
		field, wireType, ok := r.Tag()
		if !ok {
			return m, DecodeError("failed to decode bridge request tag")
		}
		var name string
		var nested []byte
		switch field {
		case 1:
			name = "pluginId"
			m.PluginID, ok = r.Text()
		case 2:
			name = "route"
			nested, ok = r.Bytes()
		case 3:
			name = "snapshot"
			nested, ok = r.Bytes()
		case 4:
			name = "identity"
			nested, ok = r.Bytes()
		case 5:
			name = "requestId"
			m.RequestID, ok = r.Text()
		default:
			if !r.Skip(field, wireType) {
				return m, DecodeError("failed to skip unknown bridge request field")
			}
		}
		if !ok {
			return m, DecodeError("failed to decode bridge request " + name)
		}
		if err := m.putNested(field, nested); err != nil {
			return m, err
		}
	}
	return m, nil
}

// putNested replaces a part; parts are never merged (contract 2.1).
func (m *BridgeRequest) putNested(field int, nested []byte) error {
	switch field {
	case 2:
		route, err := DecodeRouteSnapshot(nested)
		m.Route = &route
		return err
	case 3:
		request, err := DecodeHTTPRequestSnapshot(nested)
		m.Request = &request
		return err
	case 4:
		identity, err := DecodeIdentitySnapshot(nested)
		m.Identity = &identity
		return err
	default:
		return nil
	}
}

// DecodeRouteSnapshot reads an encoded message.
func DecodeRouteSnapshot(data []byte) (RouteSnapshot, error) {
	var m RouteSnapshot
	r := wire.NewReader(data)
	for r.More() {
		field, wireType, ok := r.Tag()
		if !ok {
			return m, DecodeError("failed to decode route snapshot tag")
		}
		var name string
		var entry []byte
		var err error
		switch field {
		case 1:
			name = "method"
			m.Method, ok = r.Text()
		case 2:
			name = "publicPath"
			m.PublicPath, ok = r.Text()
		case 3:
			name = "internalPath"
			m.InternalPath, ok = r.Text()
		case 4:
			name = "routePath"
			m.RoutePath, ok = r.Text()
		case 5:
			name = "access"
			m.Access, ok = r.Text()
		case 6:
			name = "permission"
			m.Permission, ok = r.Text()
		case 7:
			name = "requestType"
			m.RequestType, ok = r.Text()
		case 8:
			name = "pathParams"
			if entry, ok = r.Bytes(); ok {
				m.PathParams, err = wire.PutStringEntry(m.PathParams, entry)
			}
		case 9:
			name = "queryValues"
			if entry, ok = r.Bytes(); ok {
				m.QueryValues, err = wire.PutListEntry(m.QueryValues, entry)
			}
		default:
			if !r.Skip(field, wireType) {
				return m, DecodeError("failed to skip unknown route snapshot field")
			}
		}
		if !ok {
			return m, DecodeError("failed to decode route snapshot " + name)
		}
		if err != nil {
			return m, err
		}
	}
	return m, nil
}

// DecodeHTTPRequestSnapshot reads an encoded message.
func DecodeHTTPRequestSnapshot(data []byte) (HTTPRequestSnapshot, error) {
	var m HTTPRequestSnapshot
	r := wire.NewReader(data)
	for r.More() {
		field, wireType, ok := r.Tag()
		if !ok {
			return m, DecodeError("failed to decode request snapshot tag")
		}
		var name string
		var entry []byte
		var err error
		switch field {
		case 1:
			name = "method"
			m.Method, ok = r.Text()
		case 2:
			name = "publicPath"
			m.PublicPath, ok = r.Text()
		case 3:
			name = "internalPath"
			m.InternalPath, ok = r.Text()
		case 4:
			name = "rawPath"
			m.RawPath, ok = r.Text()
		case 5:
			name = "rawQuery"
			m.RawQuery, ok = r.Text()
		case 6:
			name = "host"
			m.Host, ok = r.Text()
		case 7:
			name = "scheme"
			m.Scheme, ok = r.Text()
		case 8:
			name = "remoteAddr"
			m.RemoteAddr, ok = r.Text()
		case 9:
			name = "clientIp"
			m.ClientIP, ok = r.Text()
		case 10:
			name = "contentType"
			m.ContentType, ok = r.Text()
		case 11:
			name = "headers"
			if entry, ok = r.Bytes(); ok {
				m.Headers, err = wire.PutListEntry(m.Headers, entry)
			}
		case 12:
			name = "cookies"
			if entry, ok = r.Bytes(); ok {
				m.Cookies, err = wire.PutStringEntry(m.Cookies, entry)
			}
		case 13:
			name = "body"
			m.Body, ok = r.Bytes()
		default:
			if !r.Skip(field, wireType) {
				return m, DecodeError("failed to skip unknown request snapshot field")
			}
		}
		if !ok {
			return m, DecodeError("failed to decode request snapshot " + name)
		}
		if err != nil {
			return m, err
		}
	}
	return m, nil
}

// DecodeIdentitySnapshot reads an encoded message.
func DecodeIdentitySnapshot(data []byte) (IdentitySnapshot, error) {
	var m IdentitySnapshot
	r := wire.NewReader(data)
	for r.More() {
		field, wireType, ok := r.Tag()
		if !ok {
			return m, DecodeError("failed to decode identity snapshot tag")
		}
		var name, item string
		switch field {
		case 1:
			name = "tokenId"
			m.TokenID, ok = r.Text()
		case 2:
			name = "userId"
			m.UserID, ok = r.Int32()
		case 3:
			name = "username"
			m.Username, ok = r.Text()
		case 4:
			name = "status"
			m.Status, ok = r.Int32()
		case 5:
			name = "permissions"
			item, ok = r.Text()
			m.Permissions = append(m.Permissions, item)
		case 6:
			name = "roleNames"
			item, ok = r.Text()
			m.RoleNames = append(m.RoleNames, item)
		case 7:
			name = "isSuperAdmin"
			m.IsSuperAdmin, ok = r.Bool()
		case 8:
			name = "dataScope"
			m.DataScope, ok = r.Int32()
		case 9:
			name = "dataScopeUnsupported"
			m.DataScopeUnsupported, ok = r.Bool()
		case 10:
			name = "unsupportedDataScope"
			m.UnsupportedDataScope, ok = r.Int32()
		case 11:
			name = "tenantId"
			m.TenantID, ok = r.Int32()
		case 12:
			name = "actingUserId"
			m.ActingUserID, ok = r.Int32()
		case 13:
			name = "actingAsTenant"
			m.ActingAsTenant, ok = r.Bool()
		case 14:
			name = "isImpersonation"
			m.IsImpersonation, ok = r.Bool()
		default:
			if !r.Skip(field, wireType) {
				return m, DecodeError("failed to skip unknown identity snapshot field")
			}
		}
		if !ok {
			return m, DecodeError("failed to decode identity snapshot " + name)
		}
	}
	return m, nil
}
