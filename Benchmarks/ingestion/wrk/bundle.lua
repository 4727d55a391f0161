-- Posts FHIR R4 batches: a patient with twelve heart rates.

directory = debug.getinfo(1, "S").source:sub(2):match("(.*/)")
local sender = dofile(directory .. "sender.lua")
local headers = { ["Content-Type"] = "application/fhir+json" }

local function entry(resource, kind)
   return '{"resource":' .. resource .. ',"request":{"method":"POST","url":"' .. kind .. '"}}'
end

function request()
   local patient = sender.id()
   local entries = { entry('{"resourceType":"Patient","id":"' .. patient .. '","gender":"female","birthDate":"1980-04-02"}', "Patient") }
   for _ = 1, 12 do
      local id = sender.id()
      table.insert(entries, entry(
         '{"resourceType":"Observation","id":"' .. id .. '","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"8867-4",'
         .. '"display":"Heart rate"}]},"subject":{"reference":"Patient/' .. patient .. '"},"effectiveDateTime":"' .. sender.time()
         .. '","valueQuantity":{"value":' .. math.random(50, 120) .. ',"unit":"/min","system":"http://unitsofmeasure.org","code":"/min"}}',
         "Observation"))
   end
   for name, value in pairs(wrk.headers) do headers[name] = value end
   return wrk.format("POST", "/fhir", headers, '{"resourceType":"Bundle","type":"batch","entry":[' .. table.concat(entries, ",") .. "]}")
end
