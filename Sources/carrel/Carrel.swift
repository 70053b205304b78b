@main struct Carrel { static func main() {} }
