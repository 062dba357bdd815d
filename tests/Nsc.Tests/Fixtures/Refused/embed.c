// The bytes of a file.
int f(int x)
{
    static const unsigned char data[] = {
#embed "/etc/passwd"
    };
    return data[x];
}
