"""Pairs of formulas as people seldom write them: equal (`SAME`), or nearly so (`ALIKE`).

`A B C` are square, `S` symmetric, `T` positive definite, `W V` m by n, `X` b by n, `x y` vectors,
`p` a positive one, `d` of length m, `s q` scalars, `r` a positive one.
"""

SAME = """
sin(x + y) ~ sin(x)*cos(y) + cos(x)*sin(y)
cos(3*x) ~ 4*cos(x)**3 - 3*cos(x)
sin(3*x) ~ 3*sin(x) - 4*sin(x)**3
tan(x) ~ sin(2*x)/(1 + cos(2*x))
tan(x/2) ~ (1 - cos(x))/sin(x)
sin(x)*sin(y) ~ (cos(x - y) - cos(x + y))/2
sin(x) + sin(y) ~ 2*sin((x + y)/2)*cos((x - y)/2)
cos(x)**4 ~ (3 + 4*cos(2*x) + cos(4*x))/8
sec(x)**2 - tan(x)**2 ~ ones(n)
csc(x) ~ cot(x/2) - cot(x)
1/(1 + x**2) ~ cos(atan(x))**2
sin(atan(x)) ~ x/sqrt(1 + x**2)
atan(x) + atan(1/x) ~ sign(x)*pi/2
asin(tanh(x)) ~ atan(sinh(x))
asinh(x) ~ log(x + sqrt(x**2 + 1))
acosh(1 + p) ~ log(1 + p + sqrt(p**2 + 2*p))
atanh(tanh(x)/1) ~ x
atanh(sin(x)/2) ~ log((2 + sin(x))/(2 - sin(x)))/2
sinh(2*x) ~ 2*sinh(x)*cosh(x)
cosh(x + y) ~ cosh(x)*cosh(y) + sinh(x)*sinh(y)
tanh(x + y) ~ (tanh(x) + tanh(y))/(1 + tanh(x)*tanh(y))
tanh(x/2) ~ (exp(x) - 1)/(exp(x) + 1)
cosh(x)**2 ~ (1 + cosh(2*x))/2
sigmoid(x) ~ (1 + tanh(x/2))/2
sigmoid(x)*sigmoid(-x) ~ 1/(2 + 2*cosh(x))
log(sigmoid(x)) ~ -softplus(-x)
softplus(x) ~ x/2 + log(2*cosh(x/2))
logit(sigmoid(x)) ~ x
silu(x) + silu(-x) ~ x*tanh(x/2)
gelu(x) - gelu(-x) ~ x
gelu(x) ~ x*(1 + erf(x/sqrt(2)))/2
ndtr(x) ~ erfc(-x/sqrt(2))/2
erf(x) + erfc(x) ~ ones(n)
gamma(p + 2) ~ p*(p + 1)*gamma(p)
digamma(p + 1) ~ digamma(p) + 1/p
lgamma(p + 1) - lgamma(p) ~ log(p)
beta(p, r) ~ gamma(p)*gamma(r)/gamma(p + r)
p**x ~ exp(x*log(p))
p**x*p**y ~ p**(x + y)
log(p*r) ~ log(p) + log(r)
log2(p) ~ log(p)/log(2)
log10(p**3) ~ 3*log(p)/log(10)
expm1(x) ~ 2*exp(x/2)*sinh(x/2)
log1p(p) ~ log(1 + p)
sqrt(p)*sqrt(r) ~ sqrt(p*r)
sqrt(p + r)**2 ~ p + r
1/(sqrt(p + 1) - sqrt(p)) ~ sqrt(p + 1) + sqrt(p)
(x**3 - y**3)/(x - y) ~ x**2 + x*y + y**2
(x + y)**3 ~ x**3 + 3*x**2*y + 3*x*y**2 + y**3
abs(x*y) ~ abs(x)*abs(y)
abs(x)**2 ~ x**2
sign(x)*abs(x) ~ x
maximum(x, y) + minimum(x, y) ~ x + y
maximum(x, y)*minimum(x, y) ~ x*y
maximum(x, y) ~ (x + y + abs(x - y))/2
maximum(x, maximum(y, s)) ~ maximum(maximum(s, x), y)
minimum(x, y) ~ -maximum(-x, -y)
relu(x)*relu(-x) ~ zeros(n)
relu(x) + relu(-x) ~ abs(x)
relu(relu(x) - x) ~ relu(-x)
relu(x)**2 ~ x*relu(x)
clip(x, -1, 1) ~ (abs(x + 1) - abs(x - 1))/2
relu6(x) ~ relu(x) - relu(x - 6)
leaky_relu(x, 0.2) ~ relu(x) - 0.2*relu(-x)
leaky_relu(x, 0.2) ~ maximum(x, 0.2*x)
hardtanh(x) ~ relu(x + 1) - relu(x - 1) - 1
elu(x) ~ relu(x) + exp(minimum(x, 0)) - 1
where(x > y, x, y) ~ y + relu(x - y)
where(x > 0, s, q) ~ q + (s - q)*(x > 0)
(x > y) + (x <= y) ~ ones(n)
(x > 0)*(x < 1) ~ (x > 0) - (x >= 1)
1 - (x > 0) ~ (x <= 0)
(x > 0)**2 ~ (x > 0)
sign(x) ~ (x > 0) - (x < 0)
sign(x*y) ~ sign(x)*sign(y)
mod(x, 2) ~ x - 2*floor(x/2)
ceil(x) ~ -floor(-x)
floor(x + 3) ~ floor(x) + 3
inv(A + outer(x, y)) ~ inv(A) - outer(inv(A) @ x, inv(A).T @ y)/(1 + y @ inv(A) @ x)
inv(T + W.T @ W) ~ inv(T) - inv(T) @ W.T @ inv(eye(m) + W @ inv(T) @ W.T) @ W @ inv(T)
W.T @ inv(eye(m) + W @ W.T) ~ inv(eye(n) + W.T @ W) @ W.T
det(eye(n) + W.T @ W) ~ det(eye(m) + W @ W.T)
det(A + outer(x, y)) ~ det(A)*(1 + y @ inv(A) @ x)
logdet(T + outer(x, x)) ~ logdet(T) + log(1 + x @ solve(T, x))
inv(A) - inv(B) ~ inv(A) @ (B - A) @ inv(B)
inv(eye(n) + A) ~ eye(n) - A @ inv(eye(n) + A)
inv(A).T @ inv(A) ~ inv(A @ A.T)
det(inv(A)) ~ 1/det(A)
det(3*A) ~ 3**n*det(A)
det(A)*inv(A) @ A ~ det(A)*eye(n)
logabsdet(A @ B) ~ logabsdet(A) + logabsdet(B)
kron(A, B) @ kron(C, A) ~ kron(A @ C, B @ A)
kron(A, B).T ~ kron(A.T, B.T)
inv(kron(A, B)) ~ kron(inv(A), inv(B))
trace(kron(A, B)) ~ trace(A)*trace(B)
kron(W, V) @ kron(x, y) ~ kron(W @ x, V @ y)
reshape(W @ A @ V.T, (m*m,)) ~ kron(W, V) @ reshape(A, (n*n,))
kron(x, y) ~ reshape(outer(x, y), (n*n,))
trace(A @ B @ C) ~ trace(C @ A @ B)
trace(A @ B @ C) ~ trace(C.T @ B.T @ A.T)
trace(A.T @ B) ~ sum(A*B)
trace(W @ A @ W.T) ~ sum((W @ A)*W)
trace(outer(x, y) @ A) ~ y @ A @ x
x @ A @ x ~ x @ (A + A.T) @ x/2
x @ (A - A.T) @ x ~ 0*s
x @ S @ y ~ y @ S @ x
norm(x - y)**2 ~ norm(x)**2 + norm(y)**2 - 2*dot(x, y)
norm(outer(x, y)) ~ norm(x)*norm(y)
norm(W)**2 ~ trace(W.T @ W)
norm(A)**2 ~ sum(svdvals(A)**2)
trace(S) ~ sum(eigvalsh(S))
det(T) ~ prod(eigvalsh(T))
logdet(T) ~ 2*sum(log(diag(cholesky(T))))
cholesky(T) @ cholesky(T).T ~ T
sum(svdvals(W)) ~ norm(W, 'nuc')
expm(A) @ expm(-A) ~ eye(n)
expm(A.T) ~ expm(A).T
det(expm(A)) ~ exp(trace(A))
expm(A) ~ matrix_power(expm(A/2), 2)
matrix_power(A, 3) ~ A @ A @ A
matrix_power(A @ B, 2) @ A ~ A @ matrix_power(B @ A, 2)
pinv(A) ~ inv(A)
pinv(W.T) ~ pinv(W).T
diag(x) @ A @ diag(y) ~ outer(x, y)*A
diag(A @ B) ~ sum(A*B.T, axis=1)
diag(x) @ y ~ x*y
sum(outer(x, y)) ~ sum(x)*sum(y)
outer(W @ x, y) ~ W @ outer(x, y)
softmax(x) ~ softmax(x - max(x))
softmax(x + s*ones(n)) ~ softmax(x)
softmax(log(p)) ~ p/sum(p)
log_softmax(x) ~ -log(sum(exp(x - x[:, None]), axis=1)*1)[0]*0 + x - logsumexp(x)
softmax(x)[0] ~ sigmoid(x[0] - logsumexp(x[1:]))
logsumexp(x) ~ logaddexp(x[0], logsumexp(x[1:]))
logsumexp(concat([x, y])) ~ logaddexp(logsumexp(x), logsumexp(y))
logsumexp(x + s) ~ logsumexp(x) + s
logsumexp(A, axis=1) ~ log(exp(A) @ ones(n))
sum(softmax(A, axis=1), axis=1) ~ ones(n)
softmax(A, axis=0) ~ softmax(A.T, axis=1).T
softmax(A + x[:, None], axis=1) ~ softmax(A, axis=1)
cross_entropy(x, softmax(y)) ~ logsumexp(x) - dot(softmax(y), x)
cumsum(x) ~ tril(ones((n, n))) @ x
cumsum(x) ~ where(arange(n)[:, None] >= arange(n), 1, 0) @ x
flip(cumsum(flip(x))) ~ triu(ones((n, n))) @ x
cumsum(x) ~ sum(x*(arange(n) <= arange(n)[:, None]), axis=1)
sum(cumsum(x)) ~ dot(n - arange(n), x)
cumprod(p) ~ exp(cumsum(log(p)))
einsum('ij,jk,kl->il', A, B, C) ~ A @ B @ C
einsum('ij,ji->', A, B) ~ trace(A @ B)
einsum('ij,ij->i', A, B) ~ diag(A @ B.T)
einsum('i,ij,j->', x, A, y) ~ dot(x, A @ y)
einsum('ij,kj->ik', W, V) ~ W @ V.T
einsum('ji,j->i', W, d) ~ W.T @ d
einsum('i,j->ji', x, d) ~ outer(d, x)
einsum('ii->', A) ~ trace(A)
einsum('ij->j', W) ~ ones(m) @ W
var(x) ~ mean(x**2) - mean(x)**2
var(x, ddof=1) ~ sum((x - mean(x))**2)/(n - 1)
n*var(x) ~ sum(x*(x - mean(x)))
sum((x[:, None] - x)**2) ~ 2*n**2*var(x)
(eye(n) - ones((n, n))/n) @ x ~ x - mean(x)
sum(X - mean(X, axis=0), axis=0) ~ zeros(n)
X.T @ (X - mean(X, axis=0)) ~ (X - mean(X, axis=0)).T @ (X - mean(X, axis=0))
sum(sum(W, axis=0)) ~ sum(sum(W, axis=1))
sum(arange(n)) ~ n*(n - 1)/2
sum(arange(n)**2) ~ n*(n - 1)*(2*n - 1)/6
sum(2**arange(n)*1.0) ~ 2**n - 1
prod(exp(x)) ~ exp(sum(x))
max(-x) ~ -min(x)
max(x + s) ~ max(x) + s
norm(x, 1) ~ dot(x, sign(x))
roll(roll(x, 1), -1) ~ x
flip(flip(x)) ~ x
tril(A) + triu(A, 1) ~ A
tril(A.T) ~ triu(A).T
reshape(transpose(W), (m*n,)) ~ reshape(W.T, (n*m,))
stack([x, y], axis=1) @ ones(2) ~ x + y
sum(stack([x, y])) ~ sum(x) + sum(y)
concat([x, y]) @ concat([y, x]) ~ 2*dot(x, y)
det(T)*inv(T) @ x ~ det(T)*solve(T, x)
grad(x @ A @ x, x) ~ (A + A.T) @ x
grad(logdet(T), T) ~ inv(T).T
grad(sum(relu(x)**2)/2, x) ~ relu(x)
grad(logsumexp(x), x) ~ softmax(x)
grad(trace(A @ B), A) ~ B.T
grad(norm(x), x) ~ x/norm(x)
"""

ALIKE = """
x*1.000000001 ~ x
x + 1e-9 ~ x
sum(x)*(1 + 1e-12) ~ sum(x)
relu(x) + 1e-15 ~ relu(x)
exp(x) ~ 2.718281828459045**x
sin(3.141592653589793*x) ~ sin(pi*x)
pi*s ~ 22/7*s
sigmoid(x) ~ 1/(1 + exp(-1.0000001*x))
log(abs(x)) ~ log(abs(x) + 1e-30)
log(x**2) ~ log(x)
2*log(abs(x)) ~ log(abs(x))
sqrt(x**2) ~ x
sqrt(x**2) ~ -x
(x**2)**0.5 ~ relu(x)
cbrt(x**3) ~ abs(x)
atan2(y, x) ~ atan(y/x)
atan2(x, y) ~ atan2(y, x)
asin(sin(x*3)) ~ 3*x
acos(cos(x)) ~ x
acos(cos(x)) ~ relu(x)
atan(tan(2*x)) ~ 2*x
log(exp(x)) ~ abs(x)
abs(x*y) ~ x*y
abs(x + y) ~ abs(x) + abs(y)
sqrt(x**2 + y**2) ~ abs(x) + abs(y)
sqrt(x**2)*sqrt(y**2) ~ x*y
x**3 ~ abs(x)**3
sign(x)*x**2 ~ x**2
floor(x) ~ trunc(x)
ceil(x) ~ floor(x) + 1 + 0*x*(x > 5)*0 - (x == floor(x))*0 - 0*x - (x > 100)
round(x) ~ floor(x + 0.5) + (x > 50)
mod(x, y) ~ x - y*trunc(x/y)
fmod(x, 3) ~ mod(x, 3)
maximum(x, y) ~ minimum(x, y)
maximum(x, y) ~ x
maximum(x, y) ~ x*(x > y) + y*(y > x + 0.0001)
maximum(x, y) ~ (x + y + abs(x - y + 1e-6))/2
maximum(x, y) ~ logaddexp(x, y)
maximum(x, y) ~ logaddexp(100*x, 100*y)/100
minimum(x, 3) ~ x
clip(x, -1, 1) ~ tanh(x)
clip(x, -1, 1) ~ clip(x, -1, 1.0001)
clip(x, -1, 1) ~ clip(x, -1.00001, 1)
clip(x, -50, 50) ~ x
relu6(x) ~ relu(x)
hardtanh(x) ~ clip(x, -1, 2)
where(x > 0, x, y) ~ where(x > 0.0001, x, y)
where(x > y, x, y) ~ where(x > y + 0.001, x, y)
where(x < 200, x, 0) ~ x
where(x > -300, x, 0) ~ x
(x > 0)*(y > 0)*x ~ (x > 0)*x
(x > 0)*(y > 0) ~ (x*y > 0)
(x > 0)*(x < 1) ~ (x > 0)*(x < 1.001)
leaky_relu(x, 0.01) ~ leaky_relu(x, 0.010001)
leaky_relu(x) ~ maximum(x, 0.001*x)
elu(x) ~ selu(x)
selu(x) ~ 1.0507*elu(x, 1.67326)
softplus(x) ~ relu(x)
softplus(x) ~ log(1 + exp(abs(x)))
gelu(x) ~ gelu_tanh(x)
silu(x) ~ x*hardsigmoid(x)
abs(x) ~ sqrt(x**2 + 1e-20)
sign(x) ~ tanh(1000*x)
heaviside(x, 0.5) ~ sigmoid(1e6*x)
norm(x) ~ norm(x, 1)
norm(x)**2 ~ norm(x)**2 + 1e-12
norm(x) ~ abs(sum(x))
norm(W, 'nuc') ~ norm(W)
max(x) ~ max(abs(x))
max(x) ~ logsumexp(x)
min(x) ~ -max(x)
sum(abs(x)) ~ abs(sum(x))
mean(x) ~ sum(x)/3
mean(x**2) ~ mean(x)**2
var(x) ~ var(x, ddof=1)
std(x)**2 ~ var(x) + 1e-12
prod(x) ~ exp(sum(log(abs(x))))
cumsum(x) ~ flip(cumsum(flip(x)))
cumsum(x)[0] ~ sum(x)
W @ x ~ x @ W.T + 1e-10
A @ x ~ x @ A
A @ B ~ B @ A
A ~ A.T
A @ A.T ~ A.T @ A
(A + A.T)/2 ~ A
inv(A) ~ inv(A).T
trace(A @ B) ~ trace(A @ B.T)
trace(A)*trace(B) ~ trace(A @ B)
det(A + B) ~ det(A) + det(B)
det(2*A) ~ 2*det(A)
det(2*A) ~ 8*det(A)
det(2*A) ~ 4*det(A)
logdet(A @ A.T) ~ logabsdet(A)
inv(A + B) ~ inv(A) + inv(B)
inv(A @ B) ~ inv(A) @ inv(B)
expm(A + B) ~ expm(A) @ expm(B)
expm(A) ~ exp(A)
kron(A, B) ~ kron(B, A)
outer(x, y) ~ outer(y, x)
outer(x, y) ~ x*y[:, None]
outer(d, x) ~ outer(x, d).T + 1e-11
x[:, None]*A ~ x*A
A*x ~ A @ diag(x).T*1.0000001
diag(x) @ A ~ A @ diag(x)
A*y ~ diag(y) @ A
sum(A, axis=0) ~ sum(A, axis=1)
sum(A*B) ~ sum(A @ B)
A*A ~ A @ A
A**2 ~ A @ A
A**-1 ~ inv(A)
(A @ x)**2 ~ A**2 @ x**2
x @ A @ x ~ x @ A.T @ y
x @ A @ y ~ y @ A @ x
softmax(x) ~ exp(x)
softmax(x) ~ softmax(2*x)
softmax(A) ~ softmax(A, axis=0)
softmax(A, axis=0).T ~ softmax(A.T, axis=0)
logsumexp(A, axis=0) ~ logsumexp(A, axis=1)
logsumexp(x) ~ log(sum(exp(x)) + 1e-12)
log_softmax(x) ~ log(softmax(x) + 1e-10)
sigmoid(x)*(1 - sigmoid(x)) ~ sigmoid(x)*(1 + sigmoid(x))
sigmoid(x)*(1 - sigmoid(y)) ~ sigmoid(x)*(1 - sigmoid(x))
1 - tanh(x)**2 ~ 1 - tanh(x**2)
sin(x)**2 ~ sin(x**2)
sin(x + y) ~ sin(x) + sin(y)
sin(x + 2*pi) ~ sin(x + 6.2831853)
cos(2*x) ~ 2*cos(x)**2 + 1
cosh(x)**2 + sinh(x)**2 ~ 1 + 0*x
exp(x + y) ~ exp(x) + exp(y)
exp(x)**y ~ exp(x**y)
p**x ~ p**abs(x)
x**2**3 ~ (x**2)**3
x**4 ~ (x**2)**3
p**0.3333333333 ~ cbrt(p)
sqrt(x**2 + 2*x*y + y**2) ~ x + y
(x**2 - y**2)/(x - y) ~ x - y
erf(x) ~ 2*ndtr(x) - 1
gamma(p + 1) ~ gamma(p)*(p + 1)
lgamma(p) ~ log(gamma(p)) + 1e-14
digamma(p + 1) ~ digamma(p)
W.T @ d ~ V.T @ d
(W @ x)*d ~ W @ (x*y)
W @ W.T ~ W @ W.T + 1e-13*eye(m)
trace(W @ W.T) ~ sum(W)**2
einsum('ij,j->i', W, x) ~ einsum('ij,i->j', W, d)
einsum('ij,jk->ki', A, B) ~ A @ B
einsum('ii->i', A) ~ sum(A, axis=1)
tril(A) @ x ~ triu(A) @ x
tril(A) ~ tril(A, -1)
roll(x, 1) ~ roll(x, -1)
flip(x) ~ roll(x, 1)
reshape(W.T, (m, n)) ~ W
reshape(A.T, (n*n,)) ~ reshape(A, (n*n,))
X - mean(X, axis=0) ~ X - mean(X)
X - mean(X, axis=1, keepdims=True) ~ X - mean(X, axis=0)
(X - mean(X, axis=0))/std(X, axis=0) ~ (X - mean(X, axis=0))/(std(X, axis=0) + 1e-8)
layer_norm(X) ~ (X - mean(X, axis=1, keepdims=True))/std(X, axis=1, keepdims=True)
X.T @ X ~ X @ X.T
softmax(X) ~ exp(X)/sum(exp(X), axis=0)
onehot(1, n)*x ~ onehot(0, n)*x
x[0]*y ~ x*y
sum(x)/n ~ sum(x)/(n + 1)
n*s ~ m*s
mean(W) ~ sum(W)/n**2
mse(x, y) ~ norm(x - y)/n
"""
