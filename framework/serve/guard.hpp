#pragma once
/// Who may ask: the checks that every request passes before anything else is done.

#include <optional>
#include <string>
#include <vector>

#include "serve/http.hpp"

namespace ablate {

struct GuardRules {
  std::vector<std::string> hosts;  ///< names that a browser may know us by, in lower case, without a port
  bool any_address = false;  ///< any IP address will do as a host as well: no name was resolved to reach it
  std::string token;         ///< empty: none is asked for
  std::string cookie = "ablate";  ///< what holds the token
};

/// Why a request is not answered; nothing: it may be. In this order: methods other than GET and HEAD (405); a Host
/// that is missing, doubled or not among the rules' (403): a name that was made to resolve to us (DNS rebinding); an
/// Origin or a Sec-Fetch-Site of another page (403), but for opening the start page by a link; a wrong or missing token (401).
/// The start page alone takes a token in its address, in a cookie's place.
std::optional<WebAnswer> refusal(const WebRequest& request, const GuardRules& rules);

/// A token in the address becomes a cookie of the page that answers it. Without a redirect: a browser that follows a link
/// of another site sends no such cookie to where it is led on.
void keep_token(const WebRequest& request, const GuardRules& rules, WebAnswer& answer);

/// The headers that every answer bears: nothing of it runs, loads or is framed elsewhere, and nothing is kept.
void protect(WebAnswer& answer);

/// "localhost" of "LocalHost:8765", "[::1]" of "[::1]:8765"; empty for what is no host and port.
std::string host_without_port(const std::string& host);

/// The same of a name that somebody gave; throws RequestError for what no browser sends as one.
std::string allowed_host(const std::string& name);

/// True for "127.0.0.1" and "[::1]": numbers, not names.
bool is_address(const std::string& host);

/// Takes as long wherever the two differ.
bool equal_in_constant_time(const std::string& first, const std::string& second);

/// 128 random bits in hexadecimal digits, from the system.
std::string new_token();

}  // namespace ablate
