-- Posts Open mHealth heart rates, `count` in an array.

local sender = dofile(directory .. "sender.lua")
local headers = { ["Content-Type"] = "application/json" }

local function point()
   local id = sender.id()
   return '{"header":{"id":"' .. id .. '","creation_date_time":"2024-12-31T00:00:00Z","user_id":"u' .. math.random(1, 500)
      .. '","schema_id":{"namespace":"omh","name":"heart-rate","version":"1.0"},"acquisition_provenance":{"source_name":"bench","modality":"sensed"}},'
      .. '"body":{"heart_rate":{"value":' .. math.random(50, 120) .. ',"unit":"beats/min"},'
      .. '"effective_time_frame":{"date_time":"' .. sender.time() .. '"}}}'
end

function request()
   local points = {}
   for place = 1, count do points[place] = point() end
   for name, value in pairs(wrk.headers) do headers[name] = value end
   return wrk.format("POST", "/v1/observations", headers, "[" .. table.concat(points, ",") .. "]")
end
