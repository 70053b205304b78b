// LayeringTests
