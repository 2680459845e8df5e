-- SPDX-License-Identifier: Apache-2.0
-- Makes the store's key or recognizes it. KEYS: store. ARGV: application, version, id for a new store.
local kind = redis.call('TYPE', KEYS[1])['ok']
if kind == 'none' then
  redis.call('HSET', KEYS[1], 'application', ARGV[1], 'version', ARGV[2], 'id', ARGV[3])
elseif kind ~= 'hash' or redis.call('HGET', KEYS[1], 'application') ~= ARGV[1] then
  return {'foreign'}
end
return {'ok', redis.call('HGET', KEYS[1], 'version'), redis.call('HGET', KEYS[1], 'id')}
