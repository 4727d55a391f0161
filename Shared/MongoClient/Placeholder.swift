// MongoClient
