"""The passwords that guessers try first, of those long enough to pass the length rule.

Shorter ones need no list: ten characters are the least. All in folded case.
"""


def words(text: str) -> frozenset[str]:
    """The words of a text, each on its own."""
    return frozenset(text.split())


GUESSABLE = words(
    """
0000000000 0123456789 0987654321 09876543210 1020304050 1111111111 1122334455 112233445566
11223344556677889900 1212121212 1231231231 123123123123 1234512345 12345123451234 123456123456
1234567890 12345678900 12345678901 123456789012 1234567890123 12345678910 1234567891011
123456789a 123456789q 1234567890q 1234567890qwertyuiop 123456789abc 1234qwerasdf 1234qwerasdfzxcv
123qweasdzxc 12qwaszx12 147258369a 1472583690 159357456a 1q2w3e4r5t 1q2w3e4r5t6y 1q2w3e4r5t6y7u
1q2w3e4r5t6y7u8i 1q2w3e4r5t6y7u8i9o0p 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qazxsw23edc 1qazxsw23edcvfr4
2222222222 3333333333 4444444444 5555555555 6666666666 7777777777 8888888888 9876543210
98765432100 987654321a 9999999999 a123456789 a1234567890 a1b2c3d4e5 a1b2c3d4e5f6 aa12345678
aaaaaaaaaa abc123456789 abc1234567 abcabcabc1 abcd123456 abcd12345678 abcde12345 abcdef123456
abcdefghij abcdefghijk abcdefghijkl abcdefghijklmnopqrstuvwxyz adgjmptw12 admin12345 admin123456
administrator adminadmin adobe12345 alexander1 alexander123 anthony123 asdasdasd1 asdasdasdasd
asdf123456 asdfasdfasdf asdfghjkl1 asdfghjkl123 asdfghjkl; asdfghjklzxcvbnm asdfjkl123 azertyuiop
azerty12345 azerty123456 barcelona1 baseball12 baseball123 basketball basketball1 beautiful1
blink182blink bismillah1 brandon123 butterfly1 butterfly123 changeme123 charlie123 charlotte1
chelsea123 cheyenne12 chocolate1 chocolate123 christian1 christine1 christopher christopher1
cinderella computer12 computer123 correcthorsebatterystaple dragon12345 dragonball dragonball1
elizabeth1 everything1 fernando123 football12 football123 footballer forever123 friendship
friends123 fuckyou123 fuckyou1234 godisgood1 godisgreat grandmother grapefruit greenday123
hello12345 hello123456 hellohello hellokitty hellokitty1 helloworld iloveyou12 iloveyou123
iloveyou1234 iloveyou2020 iloveyouforever iloveyousomuch iloveyoubaby ihateyou12 internet123
jennifer12 jennifer123 jesus12345 jesuschrist jesuslovesme jesusislord justinbieber
killer12345 letmein123 letmein1234 letmeinplease liverpool1 liverpool123 liverpoolfc lovelovelove
loveyou123 loveyou1234 lovinglife1 mariposa123 master12345 metallica1 michael123 michelle12
michelle123 midnight12 monkey12345 mustang123 mynameis123 nicholas123 ninjaninja nothing123
onelove123 operations p@ssw0rd123 p@ssword123 pa$$w0rd123 passw0rd12 passw0rd123 passwd1234
password!! password.1 password00 password01 password10 password11 password12 password123
password1234 password12345 password123456 password1! password1234567 password2020 password2021
password2022 password2023 password2024 password2025 password2026 password22 password99
passwordpassword password@1 password@123 patrick123 pineapple1 pokemon123 pokemon1234 portugal12
princess01 princess12 princess123 q1w2e3r4t5 q1w2e3r4t5y6 q1w2e3r4t5y6u7 qawsedrftg qazwsx1234
qazwsxedc1 qazwsxedc123 qazwsxedcrfv qazwsxedcrfvtgb qqqqqqqqqq qwe123qwe123 qweasdzxc1 qweasdzxc123
qweqweqwe1 qwer123456 qwer12345678 qwerasdfzxcv qwerqwer12 qwerty1234 qwerty12345 qwerty123456
qwerty1234567 qwertyqwerty qwertyui12 qwertyuiop qwertyuiop1 qwertyuiop12 qwertyuiop123
qwertyuiop[] qwertyuiopasdfghjkl qwertyuiopasdfghjklzxcvbnm realmadrid realmadrid1 rockandroll
samantha12 samantha123 sandiego12 secret1234 secret12345 septiembre shadow12345 shadowhunter
skateboard skywalker1 snowball12 snowflake1 spiderman1 spiderman12 spiderman123 starwars12
starwars123 strawberry strawberry1 sunflower1 sunshine01 sunshine12 sunshine123 superman12
superman123 superstar1 swordfish1 temppassword test123456 test12345678 testtest12 testtest123
thankyou12 thomas1234 tinkerbell tinkerbell1 trustno1trustno1 trustno123 undertaker unbreakable
universe12 valentina1 volleyball volleyball1 welcome123 welcome1234 welcome12345 welcome2kith
whatever12 whatever123 william123 winter2023 winter2024 winter2025 winter2026 summer2023 summer2024
summer2025 summer2026 wonderwoman woaini1314 woaini1314520 wordpass123 xxxxxxxxxx youaremine1
yourmother zaq12wsxcde3 zaq1zaq1zaq1 zaq1xsw2cde3 zxcvbnm123 zxcvbnm1234 zxcvbnm12345 zxcvbnmasdf
peersupport peersupport1 kithkithkith
"""
)
