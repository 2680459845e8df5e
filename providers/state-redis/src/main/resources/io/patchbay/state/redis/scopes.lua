-- KEYS: store, usage. ARGV: id, not after. Answers the tenants that hold something.
local found = redis.call('HKEYS', KEYS[2])
table.insert(found, 1, 'ok')
return found
