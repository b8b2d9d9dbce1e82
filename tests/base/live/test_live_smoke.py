import hall
def test_smoke(page):
    p = page()
    p.hello(view="board", after=0)
    print(p.next())
    hall.ring(5)
    print(p.next())
    q = page("alice")
    q.hello(view="console", after=0)
    print(q.until(1))
    hall.ring(6, audience=hall.Audience.MODERATOR)
    print(p.next(), q.next())
