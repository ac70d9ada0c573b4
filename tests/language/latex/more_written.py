r"""More formulas as students write them, in their own spacing and order; names as in `written`."""

WRITTEN = r"""
W_2^\top\left(\frac{y-t}{2}\right) || W2.T@((y-t)/2)
\big(W_2^\top\,\delta_2\big)\odot\big(1-\tanh^2(z_1)\big) || (W2.T@delta_2)*(1-np.tanh(z1)**2)
\left[ W_2^T \delta_2 \right] \odot \mathbf{1}\{z_1 > 0\} || (W2.T@delta_2)*(z1>0)
(W_2^\top \delta_2) \odot \mathbb{I}(z_1 > 0) || (W2.T@delta_2)*(z1>0)
\operatorname{diag}(h)\,W_2^\top \delta_2 || np.diag(h)@W2.T@delta_2
\delta_1 \, x^{\intercal} || O(delta_1,x)
\mathrm{diag}\left(1 - h^2\right) W_1 || np.diag(1-h*h)@W1
W_2\,\mathrm{diag}\big(1-h\odot h\big)\,W_1 || W2@np.diag(1-h*h)@W1
\frac{y_i - t_i}{2} || (y-t)/2
\frac12 (y_k-t_k) || (y-t)/2
\frac{1}{2}\left(y_1 - t_1\right)h_1 || (y[0]-t[0])*h[0]/2
-\frac{t}{y} + \frac{1-t}{1-y} || -t/y+(1-t)/(1-y)
\frac{y - t}{y \odot (1 - y)} || (y-t)/(y*(1-y))
-\sum_{k} t_k \ln y_k || -(t*np.log(y)).sum()
-\sum_{k=1}^{2} t_k \log(y_k) || -(t*np.log(y)).sum()
-t^\top \log y || -(t@np.log(y))
- t^\top \log(y) - (1-t)^\top \log(1-y) || -(t@np.log(y))-(1-t)@np.log(1-y)
\frac{1}{n} \sum_{i=1}^n x_i || x.mean()
\frac1n\sum_i (x_i - \mu)^2 || ((x-mu)**2).mean()
\sqrt{\frac{1}{n}\sum_{i=1}^{n}(x_i-\mu)^2} || np.sqrt(((x-mu)**2).mean())
\frac{x_i-\mu}{\sqrt{\sum_j (x_j-\mu)^2}} || (x-mu)/np.sqrt(((x-mu)**2).sum())
\frac{x - \mu}{\alpha} || (x-mu)/alpha
e^{-\frac{(a-\mu)^2}{2\alpha^2}} || np.exp(-(a-mu)**2/(2*alpha**2))
\frac{e^{x_i}}{\sum_{j=1}^{3} e^{x_j}} || np.exp(x)/np.exp(x).sum()
\frac{\exp(x_i)}{\sum_k \exp(x_k)} || np.exp(x)/np.exp(x).sum()
\log\sum_{j} e^{x_j} || np.log(np.exp(x).sum())
\ln\left(\sum_{j=1}^{3}\exp(x_j)\right) || np.log(np.exp(x).sum())
x_i - \log\sum_j e^{x_j} || x-np.log(np.exp(x).sum())
p_i(\delta_{ij}-p_j) || np.diag(p)-O(p,p)
p_i\delta_{ij} - p_ip_j || np.diag(p)-O(p,p)
\mathrm{diag}(p) - p\,p^{\top} || np.diag(p)-O(p,p)
p\odot g - p\,(p^\top g) || p*g-p*(p@g)
p_i\left(g_i - \sum_j p_j g_j\right) || p*(g-p@g)
\left(\mathrm{diag}(p)-pp^\top\right)g || p*g-p*(p@g)
X^\top(Xw-r) || X.T@(X@w-r)
2X^\top X w - 2X^\top r || 2*X.T@X@w-2*X.T@r
X^TXw + \lambda w - X^Tr || X.T@X@w+lam*w-X.T@r
(X^\top X + \lambda I)w - X^\top r || X.T@X@w+lam*w-X.T@r
(X^\top X+\lambda I)^{-1}X^\top r || inv(X.T@X+lam*np.eye(3))@X.T@r
\frac{2}{m}X^\top(Xw-r) || 2/5*X.T@(X@w-r)
\frac{1}{m}\sum_{i=1}^{m}(X_i^\top w - r_i)X_i || X.T@(X@w-r)/5
\sum_{i=1}^{m} r_i X_{ij} || X.T@r
\sum_i X_{ij} X_{ik} || X.T@X
\sum_{i=1}^{5}\left(\sum_{j=1}^{3}X_{ij}w_j - r_i\right)^2 || ((X@w-r)**2).sum()
\tfrac{1}{2m}\|Xw-r\|_2^2+\tfrac{\lambda}{2}\|w\|_2^2 || ((X@w-r)**2).sum()/10+lam/2*(w@w)
\lambda\,\mathrm{sign}(w) || lam*np.sign(w)
\lambda \|w\|_1 + (1-\lambda)\|w\|_2^2 || lam*abs(w).sum()+(1-lam)*(w@w)
(A + A^\top)x || (A+A.T)@x
Ax + A^\top x || (A+A.T)@x
\left(A+A^{T}\right)x - 2b u || (A+A.T)@x-2*b*u
x^\top A u || x@A@u
\langle x, Au\rangle || x@A@u
x^\top A^\top A x || x@A.T@A@x
\frac{x^\top A x}{x^\top x} || x@A@x/(x@x)
\frac{2}{x^\top x}\left(Bx - \frac{x^\top B x}{x^\top x}x\right) || 2/(x@x)*(B@x-x@B@x/(x@x)*x)
\operatorname{tr}(A^\top B) || np.trace(A.T@B)
\mathrm{Tr}\left(A B C\right) || np.trace(A@B@C)
\mathrm{tr}(A)I - A^\top || np.trace(A)*np.eye(3)-A.T
A^\top C B^\top || A.T@C@B.T
B^\top A^\top + A^\top B^\top || B.T@A.T+A.T@B.T
ABC + (ABC)^\top || A@B@C+(A@B@C).T
-A^{-\top}u x^\top A^{-\top} || -inv(A).T@O(u,x)@inv(A).T
-\left(A^{-1}\right)^\top || -inv(A).T
-A^{-1}BA^{-1} || -inv(A)@B@inv(A)
A^{-2} || inv(A@A)
(I + A)^{-1} || inv(np.eye(3)+A)
(I-A)^{-1}x || inv(np.eye(3)-A)@x
\frac{1}{1+u^\top v} || 1/(1+u@v)
I - \frac{uv^\top}{1+v^\top u} || np.eye(3)-O(u,v)/(1+v@u)
I - 2\frac{vv^\top}{v^\top v} || np.eye(3)-2*O(v,v)/(v@v)
\frac{1}{\|x\|}\left(I - \frac{xx^\top}{\|x\|^2}\right) || (np.eye(3)-O(x,x)/(x@x))/N(x)
\frac{\delta_{ij}}{\|x\|} - \frac{x_ix_j}{\|x\|^3} || np.eye(3)/N(x)-O(x,x)/N(x)**3
\frac{x^\top u}{\|x\|\,\|u\|} || x@u/(N(x)*N(u))
\frac{u}{\|x\|\|u\|} - \frac{(x^\top u)x}{\|x\|^3\|u\|} || u/(N(x)*N(u))-(x@u)*x/(N(x)**3*N(u))
\cos\theta - \theta\sin\theta || np.cos(theta)-theta*np.sin(theta)
\begin{bmatrix} a & b \\ c & 0 \end{bmatrix} || [[a,b],[c,0]]
\begin{pmatrix} 2ab \\ a^2 \end{pmatrix} || [2*a*b,a*a]
(2ab,\; a^2,\; -1) || [2*a*b,a*a,-1]
\left(\frac{a}{b}, -\frac{a^2}{2b^2}\right) || [a/b,-a*a/(2*b*b)]
[\,b, a, 0\,]^\top || [b,a,0]
\begin{pmatrix}x_2\\x_3\\x_1\end{pmatrix} || [x[1],x[2],x[0]]
\begin{bmatrix}x_1\\0\\u_3\end{bmatrix} || [x[0],0,u[2]]
\begin{cases} a & a > b \\ b & a \le b \end{cases} || max(a,b)
\begin{cases} x & x > 0 \\ 0 & \text{otherwise} \end{cases} || relu(x)
\begin{cases} 1, & \text{if } z_1 > 0, \\ 0, & \text{otherwise}. \end{cases} || (z1>0)*1
\begin{cases} p_i(1-p_i) & i=j \\ -p_ip_j & i \neq j \end{cases} || np.diag(p)-O(p,p)
\max(0, z_1) || relu(z1)
\max\{0, x\} || relu(x)
\operatorname{ReLU}(W_1 x + b_1) || relu(W1@x+b1)
\tanh(W_1x+b_1) || np.tanh(W1@x+b1)
\sigma(W_2 h + b_2) || sig(W2@h+b2)
\frac{1}{1+e^{-z_2}} || sig(z2)
\frac{1}{1+\exp(-z_2)} || sig(z2)
\left(1+e^{-z_2}\right)^{-1} || sig(z2)
\frac{e^{-z_2}}{(1+e^{-z_2})^2} || sig(z2)*(1-sig(z2))
\tanh'(z_1) || 1-np.tanh(z1)**2
1 - \tanh^{2}(z_1) || 1-np.tanh(z1)**2
\operatorname{sech}^2(z_1) || 1/np.cosh(z1)**2
\frac{1}{\cosh^2 z_1} || 1/np.cosh(z1)**2
\log\left(1 + e^{a}\right) || np.log(1+np.exp(a))
\frac{a^2 + b^2}{2ab} || (a*a+b*b)/(2*a*b)
\frac{1}{a} + \frac{1}{b} - \frac{2}{a+b} || 1/a+1/b-2/(a+b)
a^2b - 3ab^2 + 2 || a*a*b-3*a*b*b+2
3a^{2}b\,c || 3*a*a*b*c
-2a(b-c)^{3} || -2*a*(b-c)**3
2\cdot a\cdot b^{2} || 2*a*b*b
2 \times 3 \times a || 6*a
-3 \cdot (-1) \cdot 1 || 3
(-3)\cdot(3)\cdot(-1) || 9
\frac{\partial L}{\partial z_2}\cdot a || dL_dz2*a
\frac{3}{4}ab^{\frac{1}{2}} || .75*a*np.sqrt(b)
a\sqrt{b^2+1} || a*np.sqrt(b*b+1)
\sqrt[3]{a} || a**(1/3)
\frac{1}{2\sqrt{a}} || 1/(2*np.sqrt(a))
e^{a}(1+a) || np.exp(a)*(1+a)
a e^{-b} || a*np.exp(-b)
e^{a^2 + b} || np.exp(a*a+b)
2ae^{a^2} || 2*a*np.exp(a*a)
\ln a + 1 || np.log(a)+1
\ln\frac{a}{b} || np.log(a/b)
\log_2 a || np.log2(a)
\frac{1}{a\ln 2} || 1/(a*np.log(2))
\frac{\ln a}{\ln b} || np.log(a)/np.log(b)
a^b \ln a || a**b*np.log(a)
\frac{-b}{a^2+b^2} || -b/(a*a+b*b)
\sin^2\theta || np.sin(theta)**2
2\sin\theta\cos\theta || 2*np.sin(theta)*np.cos(theta)
\sec^2\theta || 1/np.cos(theta)**2
0.5\,(y-t) || .5*(y-t)
0{,}25\,a || .25*a
1.5\cdot 10^{-3} a || .0015*a
50\% \cdot a || .5*a
\prod_{i=1}^{3} x_i || x.prod()
\sum_{i} A_{ii} || np.trace(A)
\sum_{i,j} A_{ij}x_iu_j || x@A@u
\sum_{k} A_{ik}B_{kj} || A@B
\sum_k A_{ki}B_{kj} || A.T@B
\sum_j A_{ij}x_j + u_i || A@x+u
\sum_{j} (A_{ij}+A_{ji})x_j || (A+A.T)@x
\sum_{j\ge i} g_j || np.cumsum(g[::-1])[::-1]
\sum_{j \le i} g_j || np.cumsum(g)
\sum_{k=1}^{2} (W_2)_{k1}(\delta_2)_k || (W2.T@delta_2)[0]
\sum_k W_{2,kj}\,\delta_{2,k} || W2.T@delta_2
\delta_{2,k}h_j || O(delta_2,h)
x_1u_2 - x_2u_1 || x[0]*u[1]-x[1]*u[0]
(x_2x_3, x_1x_3, x_1x_2)^\top || [x[1]*x[2],x[0]*x[2],x[0]*x[1]]
A_{11}A_{22} - A_{12}A_{21} || A[0,0]*A[1,1]-A[0,1]*A[1,0]
A_{1,2} x_{3} || A[0,1]*x[2]
\mathbf{1}^\top x || x.sum()
\mathbf{1}^\top A || A.sum(0)
A\mathbf{1} || A.sum(1)
\mathbf{1}^\top A\,\mathbf{1} || A.sum()
x\mathbf{1}^\top || O(x,np.ones(3))
\frac{1}{n}\mathbf{1}\mathbf{1}^\top x || x.mean()*np.ones(3)
\left(I-\tfrac1n\mathbf 1\mathbf 1^\top\right)x || x-x.mean()
\operatorname{diag}(x)A\operatorname{diag}(u) || np.diag(x)@A@np.diag(u)
\frac{\partial L}{\partial b_2} = \delta_2 || delta_2
\frac{\partial L}{\partial h} = W_2^\top \delta_2 || W2.T@delta_2
\nabla_{W_1} L = \delta_1 x^\top || O(delta_1,x)
\eta\,\delta_1 x^\top || eta*O(delta_1,x)
W_1 - \eta\,\delta_1x^\top || W1-eta*O(delta_1,x)
\|W_1\|_F^2 || (W1**2).sum()
\frac{W_1}{\|W_1\|_F} || W1/np.sqrt((W1**2).sum())
\frac12\|\hat y-t\|^2 || ((y_hat-t)**2).sum()/2
(\hat{y}-t)\odot\hat{y}\odot(1-\hat{y}) || (y_hat-t)*y_hat*(1-y_hat)
\left(\hat{y} - t\right) h^{\top} || O(y_hat-t,h)
"""
