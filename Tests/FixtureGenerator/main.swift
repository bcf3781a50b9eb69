print("usage: FixtureGenerator")
