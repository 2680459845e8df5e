-- SPDX-License-Identifier: Apache-2.0
-- Put in front of every script that works on the store.
-- KEYS[1]: store. ARGV[1]: the id that the store must have. ARGV[2]: not after, in microseconds of the server's clock.
local now = redis.call('TIME')
if tonumber(now[1]) * 1000000 + tonumber(now[2]) > tonumber(ARGV[2]) then
  return {'late', now[1], now[2]}
end
if redis.call('HGET', KEYS[1], 'id') ~= ARGV[1] then
  return {'store'}
end
local function number(value)
  return string.format('%.0f', value)
end
