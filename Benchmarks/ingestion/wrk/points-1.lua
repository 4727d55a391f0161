count = 1
directory = debug.getinfo(1, "S").source:sub(2):match("(.*/)")
dofile(directory .. "points.lua")
